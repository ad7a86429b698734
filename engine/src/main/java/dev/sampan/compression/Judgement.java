package dev.sampan.compression;

import dev.sampan.compression.Receipt.Outcome;
import dev.sampan.compression.Receipt.Side;
import dev.sampan.evaluation.Report.Figure;
import dev.sampan.spec.CompressStep.Quantize;
import java.util.Locale;

/// Whether a smaller model is kept, and the sentence that says why.
final class Judgement {
    static final String METRIC = "f1_macro";

    private Judgement() {}

    static Receipt of(Quantize step, Side before, Side after, String cpu) {
        double drop = drop(before, after);
        Outcome outcome = drop > step.maxRelativeDrop() ? Outcome.REFUSED_BY_GATE : Outcome.SMALLER;
        String sentence = outcome == Outcome.SMALLER
                ? smaller(before, after)
                : String.format(
                        Locale.ROOT,
                        "INT8 would have cost %.2f %% of macro F1 (%.4f → %.4f on %,d held-out rows), and %.2f %% may"
                                + " be lost: the model stays as it was.",
                        100 * drop,
                        figure(before).value(),
                        figure(after).value(),
                        figure(after).n(),
                        100 * step.maxRelativeDrop());
        return new Receipt(name(step), outcome, before, after, cpu, sentence);
    }

    /// @param share of the graph's bytes that INT8 would have saved
    static Receipt nothingToGain(Quantize step, Side side, double share, String cpu) {
        String sentence = String.format(
                Locale.ROOT,
                "There is nothing to gain: the large weights of model.onnx (%s) are INT8 already, and quantising"
                        + " the rest would save %.1f %%.",
                size(side.modelBytes()),
                100 * share);
        return new Receipt(name(step), Outcome.NOTHING_TO_GAIN, side, side, cpu, sentence);
    }

    /// Share of the macro F1 that is lost; below 0 when it rose.
    private static double drop(Side before, Side after) {
        double was = figure(before).value();
        return was == 0 ? 0 : (was - figure(after).value()) / was;
    }

    private static String smaller(Side before, Side after) {
        double speed = before.medianMicros() / after.medianMicros();
        return String.format(
                Locale.ROOT,
                "INT8 made model.onnx %.1f times smaller (%s → %s) and one answer %.1f times as fast (%.2f → %.2f ms);"
                        + " macro F1 went from %.4f to %.4f on %,d held-out rows.",
                (double) before.modelBytes() / after.modelBytes(),
                size(before.modelBytes()),
                size(after.modelBytes()),
                speed,
                before.medianMicros() / 1e3,
                after.medianMicros() / 1e3,
                figure(before).value(),
                figure(after).value(),
                figure(after).n());
    }

    private static Figure figure(Side side) {
        Figure figure = side.metrics().get(METRIC);
        if (figure == null) {
            throw new IllegalStateException("a report without " + METRIC);
        }
        return figure;
    }

    private static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private static String name(Quantize step) {
        return "quantize: dynamic INT8, " + (step.perChannel() ? "per channel" : "per tensor");
    }
}
