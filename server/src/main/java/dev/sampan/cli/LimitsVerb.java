package dev.sampan.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `limits VERB`: who may call how much.
@Command(
        name = "limits",
        resourceBundle = "messages.cli",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {LimitsApplyVerb.class, LimitsListVerb.class, LimitsKeyVerb.class})
final class LimitsVerb implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec, "picocli gives it").commandLine(), Texts.get("limits.which_verb"));
    }
}
