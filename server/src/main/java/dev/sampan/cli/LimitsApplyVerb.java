package dev.sampan.cli;

import dev.sampan.spec.LimitsSpec;
import dev.sampan.spec.Specs;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Checks a `limits.yaml` here and puts it in force on the platform that runs on this home.
@Command(name = "apply", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class LimitsApplyVerb implements Callable<Integer> {
    @Parameters(arity = "1", paramLabel = "FILE", descriptionKey = "parameter.limits")
    private Path file = Path.of("limits.yaml");

    @Override
    public Integer call() {
        LimitsSpec spec = Specs.readLimits(file);
        try (RunningPlatform platform = RunningPlatform.required(Home.folder())) {
            platform.applyLimits(spec);
            System.out.println(Texts.get("limits.applied", spec.limits().size()));
        }
        return 0;
    }
}
