package dev.sampan.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `payments VERB`: how customers' money comes in.
@Command(
        name = "payments",
        resourceBundle = "messages.cli",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {PaymentsApplyVerb.class, PaymentsListVerb.class, PaymentsReconcileVerb.class})
final class PaymentsVerb implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec, "picocli gives it").commandLine(), Texts.get("payments.which_verb"));
    }
}
