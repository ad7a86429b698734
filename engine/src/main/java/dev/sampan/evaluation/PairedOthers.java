package dev.sampan.evaluation;

import dev.sampan.data.Spans;
import dev.sampan.evaluation.Comparison.Difference;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One model's answers that are numbers or spans, row by row, to be set beside another's.
///
/// @param off truth − answer of numbers; empty for spans
/// @param spans of texts; empty for numbers
record PairedOthers(double[] off, SpanScores spans) {

    static PairedOthers ask(Runtime runtime, Questions questions, String labelColumn) {
        int label = questions.column(labelColumn);
        List<Double> off = new ArrayList<>();
        SpanScores spans = new SpanScores();
        questions.ask(runtime, (row, input, answer) -> {
            switch (answer) {
                case Prediction.Quantity(double value, List<Prediction.Share> _) ->
                    off.add(Questions.number(row, label, "The true value") - value);
                case Prediction.Spans(List<Prediction.Span> found) -> {
                    String text =
                            Objects.requireNonNull(input.get(runtime.inputs().getFirst()));
                    spans.add(
                            Spans.read(row.values().get(label), text, row.origin()).stream()
                                    .map(span -> new SpanScores.Span(span.start(), span.end(), span.label()))
                                    .toList(),
                            found.stream()
                                    .map(span -> new SpanScores.Span(span.start(), span.end(), span.label()))
                                    .toList());
                }
                case Prediction.Category _,
                        Prediction.Anomaly _,
                        Prediction.Ranking _,
                        Prediction.Forecast _,
                        Prediction.Sample _ ->
                    throw new ProblemException(Problem.of(
                                    "evaluate.not_compared",
                                    "Models are compared that answer categories, numbers or spans, not these")
                            .remedy("Evaluate each on its own"));
            }
        });
        return new PairedOthers(off.stream().mapToDouble(Double::doubleValue).toArray(), spans);
    }

    Comparison compare(PairedOthers second, Comparisons.Settings settings) {
        if (off.length != second.off.length || spans.texts() != second.spans.texts()) {
            throw new ProblemException(
                    Problem.of("evaluate.other_kind", "One of the models answers numbers, the other spans of a text"));
        }
        Map<String, Difference> differences = new HashMap<>();
        int rows = Math.max(off.length, spans.texts());
        if (off.length > 0) {
            differences.put(
                    "mae",
                    difference(rows, settings, Significance.mean(sizes(off)), Significance.mean(sizes(second.off))));
            differences.put("rmse", difference(rows, settings, rootMeanSquare(off), rootMeanSquare(second.off)));
        } else {
            differences.put("entity_f1", difference(rows, settings, spans::f1, second.spans::f1));
        }
        return new Comparison(rows, settings.confidence(), differences);
    }

    private static Difference difference(
            int rows, Comparisons.Settings settings, Significance.Metric one, Significance.Metric other) {
        return Significance.difference(rows, settings.confidence(), settings.seed(), one, other);
    }

    private static double[] sizes(double[] off) {
        return java.util.Arrays.stream(off).map(Math::abs).toArray();
    }

    private static Significance.Metric rootMeanSquare(double[] off) {
        Significance.Metric mean =
                Significance.mean(java.util.Arrays.stream(off).map(e -> e * e).toArray());
        return times -> Math.sqrt(mean.of(times));
    }
}
