package dev.sampan.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `plans VERB`: what is sold over time.
@Command(
        name = "plans",
        resourceBundle = "messages.cli",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {PlansApplyVerb.class, PlansListVerb.class, PlansCodesVerb.class})
final class PlansVerb implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec, "picocli gives it").commandLine(), Texts.get("plans.which_verb"));
    }
}
