package dev.sampan.cli;

import dev.sampan.kernel.Json;
import dev.sampan.studio.StageProgress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/// What the verbs that work on this machine alone have in common: `--json`, and where progress goes.
abstract class LocalVerb implements Callable<Integer> {
    @Option(names = "--json", descriptionKey = "option.json")
    private boolean json;

    final boolean json() {
        return json;
    }

    /// A progress bar on a terminal, JSON lines with `--json`, nothing otherwise.
    final ProgressLines progress() {
        return new ProgressLines(json ? ProgressLines.Style.JSON : ProgressLines.Style.ofTheTerminal());
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
