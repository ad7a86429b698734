package dev.sampan.runtime.internal;

import dev.sampan.data.Features;
import dev.sampan.data.SampleFeatures;
import dev.sampan.data.SeriesFeatures;
import dev.sampan.data.TagFeatures;
import dev.sampan.data.Target;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.runtime.Prediction;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// What a graph answered, as predictions.
final class GraphAnswers {
    private GraphAnswers() {}

    /// Name of the graph's output that is read.
    static String output(Target target) {
        return switch (target) {
            case Target.Categories _ -> "probabilities";
            case Target.Tags _ -> "logits";
            case Target.Items _ -> "scores";
            case Target.Horizon _ -> "points";
            case Target.Samples _ -> "sample";
            case Target.Quantity _, Target.Strangeness _ -> "value";
        };
    }

    /// @param asked the rows that were answered
    /// @param values of the output, as many times as one row has as there are rows
    static List<Prediction> of(Features features, List<Map<String, String>> asked, FloatBuffer values) {
        int rows = asked.size();
        return switch (features.target()) {
            case Target.Categories(List<String> labels) -> categories(labels, values, rows);
            case Target.Quantity() ->
                numbers(values, rows).stream()
                        .<Prediction>map(value -> new Prediction.Quantity(value))
                        .toList();
            case Target.Strangeness(float threshold) ->
                numbers(values, rows).stream()
                        .<Prediction>map(value -> new Prediction.Anomaly(value, value >= threshold))
                        .toList();
            case Target.Horizon horizon -> forecasts((SeriesFeatures) features, horizon, asked, values);
            case Target.Items items -> rankings(items, values, rows);
            case Target.Samples samples -> samples((SampleFeatures) features, samples, asked, values);
            case Target.Tags _ -> SpanAnswers.of((TagFeatures) features, asked, values);
        };
    }

    /// @param values (rows, width)
    private static List<Prediction> samples(
            SampleFeatures features, Target.Samples target, List<Map<String, String>> asked, FloatBuffer values) {
        int width = target.width();
        expect(values, asked.size(), width);
        List<Prediction> samples = new ArrayList<>(asked.size());
        float[] row = new float[width];
        for (Map<String, String> question : asked) {
            values.get(row);
            for (float value : row) {
                finite(value, "a sample");
            }
            samples.add(new Prediction.Sample(features.decode(row, question)));
        }
        return samples;
    }

    /// @param values (rows, parts)
    static List<Prediction> withShares(List<Prediction> answers, List<String> parts, FloatBuffer values) {
        expect(values, answers.size(), parts.size());
        List<Prediction> shared = new ArrayList<>(answers.size());
        for (Prediction answer : answers) {
            List<Prediction.Share> shares = new ArrayList<>(parts.size());
            for (String part : parts) {
                shares.add(new Prediction.Share(part, finite(values.get(), "a share")));
            }
            shared.add(answer.withShares(shares));
        }
        return shared;
    }

    /// @param probabilities (rows, labels)
    private static List<Prediction> categories(List<String> labels, FloatBuffer probabilities, int rows) {
        expect(probabilities, rows, labels.size());
        List<Prediction> predictions = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            float[] scores = new float[labels.size()];
            probabilities.get(scores);
            int best = 0;
            for (int i = 0; i < scores.length; i++) {
                finite(scores[i], "a probability");
                best = scores[i] > scores[best] ? i : best;
            }
            predictions.add(new Prediction.Category(labels.get(best), scores[best], scores));
        }
        return predictions;
    }

    /// @param values (rows, 3, steps): values, lower ends, upper ends
    private static List<Prediction> forecasts(
            SeriesFeatures features, Target.Horizon horizon, List<Map<String, String>> asked, FloatBuffer values) {
        int steps = horizon.steps();
        expect(values, asked.size(), 3 * steps);
        List<Prediction> forecasts = new ArrayList<>(asked.size());
        float[] row = new float[3 * steps];
        for (Map<String, String> question : asked) {
            values.get(row);
            List<String> times = features.times(question);
            List<Prediction.Point> points = new ArrayList<>(steps);
            for (int step = 0; step < steps; step++) {
                points.add(new Prediction.Point(
                        times.get(step),
                        finite(row[step], "a number"),
                        finite(row[steps + step], "a number"),
                        finite(row[2 * steps + step], "a number")));
            }
            forecasts.add(new Prediction.Forecast(points));
        }
        return forecasts;
    }

    /// @param scores (rows, items)
    private static List<Prediction> rankings(Target.Items target, FloatBuffer scores, int rows) {
        int count = target.items().size();
        expect(scores, rows, count);
        List<Prediction> rankings = new ArrayList<>(rows);
        float[] row = new float[count];
        for (int i = 0; i < rows; i++) {
            scores.get(row);
            rankings.add(ranking(target, row));
        }
        return rankings;
    }

    /// The best of a row, of equals the first; a heap holds them with the worst on top.
    private static Prediction.Ranking ranking(Target.Items target, float[] scores) {
        Comparator<Integer> worstFirst = Comparator.<Integer>comparingDouble(item -> scores[item])
                .thenComparing(Comparator.<Integer>naturalOrder().reversed());
        PriorityQueue<Integer> best = new PriorityQueue<>(worstFirst);
        for (int item = 0; item < scores.length; item++) {
            if (finite(scores[item], "a score") != Target.Items.NEVER) {
                best.add(item);
                if (best.size() > target.top()) {
                    best.remove();
                }
            }
        }
        return new Prediction.Ranking(best.stream()
                .sorted(worstFirst.reversed())
                .map(item -> new Prediction.Item(target.items().get(item), scores[item]))
                .toList());
    }

    private static List<Float> numbers(FloatBuffer values, int rows) {
        expect(values, rows, 1);
        List<Float> numbers = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            numbers.add(finite(values.get(), "a number"));
        }
        return numbers;
    }

    /// The graph may have declared another shape than it makes.
    private static void expect(FloatBuffer values, int rows, int width) {
        if (values.remaining() != rows * width) {
            throw new ProblemException(Problem.of(
                    "runtime.failed",
                    "The model answered " + values.remaining() + " scores for " + rows + " inputs and " + width
                            + " labels."));
        }
    }

    private static float finite(float value, String what) {
        if (!Float.isFinite(value)) {
            throw new ProblemException(
                    Problem.of("runtime.not_finite", "The model answered " + value + " instead of " + what + "."));
        }
        return value;
    }
}
