package dev.sampan.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `suppliers VERB`: who answers for models that are not ours.
@Command(
        name = "suppliers",
        resourceBundle = "messages.cli",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {SuppliersApplyVerb.class, SuppliersListVerb.class})
final class SuppliersVerb implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec, "picocli gives it").commandLine(), Texts.get("suppliers.which_verb"));
    }
}
