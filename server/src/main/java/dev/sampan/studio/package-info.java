/// A `sampan.yaml` → a run, stage by stage, cached by content, resumable. Declares the port `Stage`; the room that
/// owns a block of the specification contributes its stage.
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "spec",
            "data",
            "model",
            "runtime",
            "evaluation",
            "explanation",
            "compression",
            "search",
            "database",
            "shell",
            "shell :: svg",
            "accounts",
            "jobs",
            "catalog"
        })
@NullMarked
package dev.sampan.studio;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
