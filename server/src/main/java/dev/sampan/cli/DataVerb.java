package dev.sampan.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `data VERB`: what is to be known of data before anything is learnt.
@Command(
        name = "data",
        resourceBundle = "messages.cli",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = DataProfileVerb.class)
final class DataVerb implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec, "picocli gives it").commandLine(), Texts.get("data.which_verb"));
    }
}
