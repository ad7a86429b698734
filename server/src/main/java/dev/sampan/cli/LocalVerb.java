package dev.sampan.cli;

import dev.sampan.kernel.Json;
import dev.sampan.studio.StageProgress;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What the verbs that work on this machine alone have in common: `--json`, and where progress goes.
abstract class LocalVerb implements Callable<Integer> {
    @Option(names = "--json", descriptionKey = "option.json")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    private boolean documentBegun;

    final boolean json() {
        return json;
    }

    /// A progress bar on a terminal, JSON lines with `--json`, nothing otherwise.
    final ProgressLines progress() {
        return new ProgressLines(json ? ProgressLines.Style.JSON : ProgressLines.Style.ofTheTerminal());
    }

    /// Says that the document on standard output has begun and that this verb ends it, with the problems in it should
    /// there be any.
    final void beginDocument() {
        documentBegun = true;
    }

    final boolean documentBegun() {
        return documentBegun;
    }

    /// Asked before the work begins.
    ///
    /// @throws ParameterException a wrong call, exit code 2
    final void requireWithin(String option, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec, "picocli gives it").commandLine(),
                    Texts.get("usage.range", option, number(low), number(high), number(value)));
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /// The one document on standard output.
    static void printJson(Object document) {
        System.out.print(Json.pretty(document));
    }

    /// The verb's work; the bar is ended whatever happens.
    @Override
    public final Integer call() {
        try (ProgressLines progress = progress()) {
            work(progress);
        }
        return 0;
    }

    abstract void work(StageProgress progress);
}
