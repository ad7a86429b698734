package dev.sampan.cli;

import dev.sampan.database.BackupFolder;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes this home, which has no database, of the newest backup and the log archived since.
@Command(name = "restore", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class RestoreVerb implements Callable<Integer> {
    @Parameters(arity = "1", paramLabel = "DIR", descriptionKey = "parameter.backups")
    private Path folder = Path.of("backups");

    @Option(names = "--until", paramLabel = "TIME", descriptionKey = "option.until")
    private @Nullable String until;

    @Override
    public Integer call() {
        try (ProgressLines progress = new ProgressLines(ProgressLines.Style.ofTheTerminal())) {
            BackupFolder.Taken taken = new BackupFolder(folder).restore(Home.prepared(), time(), progress);
            progress.endLine();
            double seconds = taken.took().toMillis() / 1e3;
            System.out.println(Texts.get(
                    "restore.done", Home.folder(), taken.folder(), seconds, seconds / 60 / (taken.bytes() / 1e9)));
            if (Files.notExists(Home.folder().resolve("master-key.json"))) {
                System.out.println(Texts.get("restore.key"));
            }
        }
        return 0;
    }

    private @Nullable Instant time() {
        try {
            return until == null ? null : Instant.parse(until);
        } catch (DateTimeParseException e) {
            throw new ProblemException(
                    Problem.of("restore.bad_time", "'" + until + "' is no time")
                            .remedy("Write it as 2026-11-24T18:30:00Z"),
                    e);
        }
    }
}
