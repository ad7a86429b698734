package dev.sampan.cli;

import dev.sampan.studio.LearningProcess;
import dev.sampan.studio.Trainer;
import java.nio.file.Path;

/// Where this user's state lives: `SAMPAN_HOME`, else `~/.sampan`, for root `/var/lib/sampan`, which the unprivileged
/// user that runs the database can reach.
final class Home {
    private Home() {}

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
