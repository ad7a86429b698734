package dev.sampan.cli;

import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.studio.StageProgress;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Says whether a specification is right, with every mistake and its place.
@Command(name = "check", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class CheckVerb extends LocalVerb {
    @Mixin
    private SpecFile file = new SpecFile();

    @Override
    void work(StageProgress progress) {
        Spec spec = file.read();
        if (json()) {
            printJson(Map.of("valid", true, "name", spec.name(), "spec", Specs.toTree(spec)));
        } else {
            System.out.println(Texts.get("check.fine", file.path(), spec.name()));
        }
    }
}
