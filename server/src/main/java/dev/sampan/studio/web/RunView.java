package dev.sampan.studio.web;

import dev.sampan.shell.Words;
import dev.sampan.shell.svg.Chart;
import dev.sampan.studio.Run;
import dev.sampan.studio.Run.StageState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A run as its page shows it.
///
/// @param history metrics of each epoch so far, oldest first
public record RunView(Run run, List<Map<String, Object>> history) {
    private static final int WHOLE = 1000;

    public RunView {
        history = List.copyOf(history);
    }

    public boolean ended() {
        return switch (run.state()) {
            case WAITING, RUNNING -> false;
            case SUCCEEDED, FAILED, CANCELLED -> true;
        };
    }

    public long finished() {
        return run.stages().stream()
                .filter(stage -> stage.state() == Run.State.SUCCEEDED)
                .count();
    }

    /// The stage that runs or stopped, else the next one, else the last.
    public StageState current() {
        return run.stages().stream()
                .filter(stage -> stage.state() != Run.State.SUCCEEDED)
                .findFirst()
                .orElse(run.stages().getLast());
    }

    /// Progress of the whole run, every stage counting alike: 0 to 1000.
    public int permille() {
        int sum = run.stages().stream().mapToInt(this::permille).sum();
        return run.stages().isEmpty() ? 0 : sum / run.stages().size();
    }

    public int permille(StageState stage) {
        if (stage.state() == Run.State.SUCCEEDED) {
            return WHOLE;
        }
        return stage.total() <= 0 ? 0 : (int) Math.min(WHOLE, stage.done() * WHOLE / stage.total());
    }

    public boolean moving(StageState stage) {
        return stage.state() == Run.State.RUNNING;
    }

    /// Class of a state in the style sheet.
    public String kind(Run.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    public String glyph(Run.State state) {
        return switch (state) {
            case WAITING -> "";
            case RUNNING -> "▸";
            case SUCCEEDED -> "✓";
            case FAILED -> "!";
            case CANCELLED -> "–";
        };
    }

    /// A stage's figures in the order of their names.
    public Iterable<Map.Entry<String, Object>> figures(StageState stage) {
        return new TreeMap<>(stage.figures()).entrySet();
    }

    public String label(Words words, String figure) {
        return words.textOr("studio.figure." + figure, figure.replace('_', ' '));
    }

    private static final List<String> SHARES =
            List.of("accuracy", "f1", "auc", "ndcg", "recall", "precision", "_share");

    /// By the name: bytes and shares are written as such, and words of ours in the reader's language.
    public String value(Words words, String figure, Object value) {
        if (!(value instanceof Number number)) {
            return words.textOr("studio.value." + value, String.valueOf(value));
        }
        if (figure.contains("bytes")) {
            return words.bytes(number.longValue());
        }
        if (SHARES.stream().anyMatch(figure::contains)) {
            return words.percent(number.doubleValue());
        }
        boolean whole = number.doubleValue() == Math.rint(number.doubleValue());
        return whole ? words.number(number.longValue()) : words.decimal(number.doubleValue(), 3);
    }

    public List<Chart> charts(Words words) {
        return TrainingCharts.of(words, history);
    }
}
