package dev.sampan.cli;

import dev.sampan.kernel.ProblemException;
import dev.sampan.studio.Run;
import dev.sampan.studio.Run.StageState;
import dev.sampan.studio.Run.State;
import dev.sampan.studio.StageName;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/// Watches a run to its end, stage by stage, as anybody could: a bar while a stage runs, a line when it is done.
final class RunFollower {
    private static final long PAUSE_MILLIS = 150;

    private final DemoScreen screen;
    private final Set<StageName> told = EnumSet.noneOf(StageName.class);

    RunFollower(DemoScreen screen) {
        this.screen = screen;
    }

    /// @param look the run as it stands
    /// @throws ProblemException why the run failed
    /// @throws CancellationException when it was cancelled, or nobody watches any more; then it goes on by itself
    void follow(Supplier<Run> look) throws InterruptedException {
        Run run = look.get();
        for (; run.finishedAt() == null; run = look.get()) {
            if (screen.progress().cancelled()) {
                throw new CancellationException("interrupted; the run goes on while the platform does");
            }
            run.stages().forEach(this::tell);
            Thread.sleep(PAUSE_MILLIS);
        }
        run.stages().forEach(this::tell);
        if (run.state() == State.FAILED) {
            throw new ProblemException(Objects.requireNonNull(run.problem(), "a failed run says why"));
        }
        if (run.state() == State.CANCELLED) {
            throw new CancellationException("the run was cancelled");
        }
    }

    private void tell(StageState stage) {
        String step = stage.name().name().toLowerCase(Locale.ROOT);
        if (stage.state() == State.RUNNING) {
            screen.progress().at(step, stage.done(), stage.total(), stage.note());
        } else if (stage.state() == State.SUCCEEDED && told.add(stage.name())) {
            screen.progress().at(step, 1, 1, "");
            screen.line(Texts.get("step." + step) + "  " + (stage.cached() ? Texts.get("demo.cached") : seconds(stage))
                    + "  " + figures(stage.figures()));
        }
    }

    private static String seconds(StageState stage) {
        long millis =
                Objects.requireNonNull(stage.took(), "an ended stage took time").toMillis();
        return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }

    private static String figures(Map<String, Object> figures) {
        StringBuilder text = new StringBuilder();
        figures.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(figure -> text.append(word("figure." + figure.getKey(), figure.getKey()))
                        .append(' ')
                        .append(value(figure.getValue()))
                        .append("  "));
        return text.toString().strip();
    }

    private static String value(Object value) {
        return value instanceof Double number
                ? String.format(Locale.ROOT, "%.4f", number)
                : word("figure.value." + value, String.valueOf(value));
    }

    private static String word(String key, String otherwise) {
        return Texts.has(key) ? Texts.get(key) : otherwise;
    }
}
