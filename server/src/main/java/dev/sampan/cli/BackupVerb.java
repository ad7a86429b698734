package dev.sampan.cli;

import dev.sampan.database.BackupFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Copies this home, while its platform runs or without one.
@Command(name = "backup", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class BackupVerb implements Callable<Integer> {
    @Parameters(arity = "1", paramLabel = "DIR", descriptionKey = "parameter.backups")
    private Path folder = Path.of("backups");

    @Option(names = "--keep", paramLabel = "N", defaultValue = "0", descriptionKey = "option.keep")
    private int keep;

    @Override
    public Integer call() {
        try (ProgressLines progress = new ProgressLines(ProgressLines.Style.ofTheTerminal())) {
            BackupFolder.Taken taken = new BackupFolder(folder).take(Home.folder(), keep, progress);
            progress.endLine();
            System.out.println(Texts.get(
                    "backup.taken",
                    taken.folder(),
                    taken.bytes() / 1e6,
                    taken.took().toMillis() / 1e3));
            System.out.println(Texts.get("backup.key", Home.folder().resolve("master-key.json")));
        }
        return 0;
    }
}
