/// The shelf of models: immutable versions with their cards, and aliases whose every move is kept.
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "spec",
            "data",
            "model",
            "database",
            "shell",
            "compression",
            "explanation",
            "evaluation",
            "shell :: svg",
            "accounts"
        })
@NullMarked
package dev.sampan.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
