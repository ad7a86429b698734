package dev.sampan.cli;

import dev.sampan.spec.PlansSpec;
import dev.sampan.spec.Specs;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Checks a `plans.yaml` here and puts it in force on the platform that runs on this home.
@Command(name = "apply", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class PlansApplyVerb implements Callable<Integer> {
    @Parameters(arity = "1", paramLabel = "FILE", descriptionKey = "parameter.plans")
    private Path file = Path.of("plans.yaml");

    @Override
    public Integer call() {
        PlansSpec spec = Specs.readPlans(file);
        try (RunningPlatform platform = RunningPlatform.required(Home.folder())) {
            platform.applyPlans(spec);
            System.out.println(Texts.get("plans.applied", spec.plans().size(), platform.consoleAddress()));
        }
        return 0;
    }
}
