package dev.sampan.cli;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.studio.LearningProcess;
import dev.sampan.studio.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/// Where this user's state lives: `SAMPAN_HOME`, else `~/.sampan`, for root `/var/lib/sampan`, which the unprivileged
/// user that runs the database can reach.
final class Home {
    private Home() {}

    /// What only the owner may look into: customers' data, models, charges. The home itself and the database's folders
    /// stay passable for the unprivileged user that runs PostgreSQL.
    private static final String[] PRIVATE = {"stages", "work", "models", "invoices", "journal", "logs", "cache"};

    /// The home, made when it is not there, with its private folders closed to others.
    static Path prepared() {
        Path home = folder();
        try {
            for (String name : PRIVATE) {
                Path inside = Files.createDirectories(home.resolve(name));
                if (Files.getFileStore(inside).supportsFileAttributeView(PosixFileAttributeView.class)) {
                    Files.setPosixFilePermissions(inside, PosixFilePermissions.fromString("rwx------"));
                }
            }
            return home;
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("home.unusable", "The folder " + home + " cannot be used: " + e.getMessage())
                            .remedy("Choose another one: SAMPAN_HOME=DIR"),
                    e);
        }
    }

    static Path folder() {
        String chosen = System.getenv("SAMPAN_HOME");
        if (chosen != null && !chosen.isBlank()) {
            return Path.of(chosen).toAbsolutePath().normalize();
        }
        return "root".equals(System.getProperty("user.name"))
                ? Path.of("/var/lib/sampan")
                : Path.of(System.getProperty("user.home"), ".sampan");
    }

    static Trainer trainer() {
        return LearningProcess.ofThisInstallation();
    }
}
