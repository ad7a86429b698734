package dev.sampan.cli;

import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.studio.StageProgress;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Prints the whole resolved specification, every default that will be used, and what training will probably take.
@Command(name = "plan", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class PlanVerb extends LocalVerb {
    @Mixin
    private SpecFile file = new SpecFile();

    @Override
    void work(StageProgress progress) {
        Spec spec = file.read();
        Estimate estimate = Estimate.of(spec, Home.folder());
        if (json()) {
            printJson(Map.of("spec", Specs.toTree(spec), "estimate", estimate));
            return;
        }
        System.out.print(Specs.toYaml(spec));
        System.out.println("# " + Texts.get("plan.rows", estimate.rows()));
        System.out.println("# "
                + (estimate.seconds() == null
                        ? Texts.get("plan.no_estimate")
                        : Texts.get("plan.estimate", Math.max(1, Math.round(estimate.seconds())), estimate.runs())));
    }
}
