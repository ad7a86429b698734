/// Live deployments: a public model name → a loaded model that answers. Knows neither HTTP nor money.
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "spec",
            "data",
            "model",
            "runtime",
            "database",
            "shell",
            "accounts",
            "jobs",
            "catalog",
            "studio"
        })
@NullMarked
package dev.sampan.serving;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
