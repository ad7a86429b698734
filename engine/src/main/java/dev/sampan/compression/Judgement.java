package dev.sampan.compression;

import dev.sampan.compression.Receipt.Outcome;
import dev.sampan.compression.Receipt.Side;
import dev.sampan.evaluation.Report;
import dev.sampan.evaluation.Report.Figure;
import dev.sampan.spec.CompressStep.Quantize;
import java.util.Locale;

/// Whether a smaller model is kept, and the sentence that says why.
final class Judgement {
    private Judgement() {}

    static Receipt of(Quantize step, String metric, Side before, Side after, String cpu) {
        double drop = drop(metric, before, after);
        Outcome outcome = drop > step.maxRelativeDrop() ? Outcome.REFUSED_BY_GATE : Outcome.SMALLER;
        String sentence = outcome == Outcome.SMALLER
                ? smaller(metric, before, after)
                : String.format(
                        Locale.ROOT,
                        "INT8 would have cost %.2f %% of %s (%.4f → %.4f on %,d held-out rows), and %.2f %% may"
                                + " be lost: the model stays as it was.",
                        100 * drop,
                        spoken(metric),
                        figure(metric, before).value(),
                        figure(metric, after).value(),
                        figure(metric, after).n(),
                        100 * step.maxRelativeDrop());
        return new Receipt(name(step), outcome, before, after, cpu, sentence);
    }

    /// @param share of the graph's bytes that INT8 would have saved
    static Receipt nothingToGain(Quantize step, Side side, double share, String cpu) {
        String sentence = String.format(
                Locale.ROOT,
                "There is nothing to gain: model.onnx (%s) holds no large weights that are not INT8 already, and"
                        + " quantising the rest would save %.1f %%.",
                size(side.modelBytes()),
                100 * share);
        return new Receipt(name(step), Outcome.NOTHING_TO_GAIN, side, side, cpu, sentence);
    }

    /// Share of the metric that is lost; below 0 when it became better.
    private static double drop(String metric, Side before, Side after) {
        double was = figure(metric, before).value();
        if (was == 0) {
            return 0;
        }
        double lost = (was - figure(metric, after).value()) / was;
        return Report.isLoss(metric) ? -lost : lost;
    }

    private static String smaller(String metric, Side before, Side after) {
        double speed = before.medianMicros() / after.medianMicros();
        return String.format(
                Locale.ROOT,
                "INT8 made model.onnx %.1f times smaller (%s → %s) and one answer %.1f times as fast (%.2f → %.2f ms);"
                        + " %s went from %.4f to %.4f on %,d held-out rows.",
                (double) before.modelBytes() / after.modelBytes(),
                size(before.modelBytes()),
                size(after.modelBytes()),
                speed,
                before.medianMicros() / 1e3,
                after.medianMicros() / 1e3,
                spoken(metric),
                figure(metric, before).value(),
                figure(metric, after).value(),
                figure(metric, after).n());
    }

    private static Figure figure(String metric, Side side) {
        Figure figure = side.metrics().get(metric);
        if (figure == null) {
            throw new IllegalStateException("a report without " + metric);
        }
        return figure;
    }

    private static String spoken(String metric) {
        return metric.equals("f1_macro") ? "macro F1" : metric;
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
