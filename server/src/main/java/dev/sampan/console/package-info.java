/// Home: the voyage from data to the first paid call. Every other page belongs to its room's `web` package.
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "model",
            "database",
            "shell",
            "accounts",
            "jobs",
            "catalog",
            "studio",
            "serving",
            "gateway",
            "metering",
            "billing"
        })
@NullMarked
package dev.sampan.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
