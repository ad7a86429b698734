package dev.sampan.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the platform listens and which database it uses.
final class PlatformOptions {
    @Option(names = "--port", defaultValue = "8000", descriptionKey = "option.port")
    int apiPort = 8000;

    @Option(names = "--console-port", defaultValue = "8080", descriptionKey = "option.console_port")
    int consolePort = 8080;

    @Option(names = "--db-url", paramLabel = "URL", descriptionKey = "option.db_url")
    @Nullable
    String databaseUrl;

    @Option(names = "--backup-dir", paramLabel = "DIR", descriptionKey = "option.backup_dir")
    @Nullable
    Path backups;

    @Option(names = "--models", paramLabel = "DIR", descriptionKey = "option.models")
    @Nullable
    Path models;
}
