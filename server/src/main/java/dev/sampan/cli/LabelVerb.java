package dev.sampan.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `label VERB`: labels of people, in and out, judged and asked for.
@Command(
        name = "label",
        resourceBundle = "messages.cli",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            LabelImportVerb.class,
            LabelExportVerb.class,
            LabelAgreementVerb.class,
            LabelOrderVerb.class,
            LabelErrorsVerb.class,
            LabelCrossCheckVerb.class
        })
final class LabelVerb implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec, "picocli gives it").commandLine(), Texts.get("label.which_verb"));
    }
}
