package dev.sampan.cli;

import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.studio.StageProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Prints the whole resolved specification: every default that will be used.
@Command(name = "plan", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class PlanVerb extends LocalVerb {
    @Mixin
    private SpecFile file = new SpecFile();

    @Override
    void work(StageProgress progress) {
        Spec spec = file.read();
        if (json()) {
            printJson(Specs.toTree(spec));
        } else {
            System.out.print(Specs.toYaml(spec));
        }
    }
}
