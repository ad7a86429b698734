/// The command line. Local verbs call the engine and start learning; platform verbs start the server or call it.
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "spec",
            "data",
            "data :: label",
            "data :: profile",
            "model",
            "runtime",
            "evaluation",
            "explanation",
            "compression",
            "search",
            "database",
            "shell",
            "accounts",
            "jobs",
            "catalog",
            "studio",
            "serving",
            "gateway",
            "metering",
            "billing",
            "console"
        })
@NullMarked
package dev.sampan.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
