package dev.sampan.runtime.internal;

import dev.sampan.data.TagFeatures;
import dev.sampan.data.TagFeatures.Window;
import dev.sampan.data.TagPath;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Prediction.Span;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Scores of tags → spans at their places in the texts that were asked.
final class SpanAnswers {
    private SpanAnswers() {}

    /// @param values (windows, time, tags)
    static List<Prediction> of(TagFeatures features, List<Map<String, String>> asked, FloatBuffer values) {
        List<List<Window>> windows =
                asked.stream().map(features::text).map(features::windows).toList();
        int rows = windows.stream().mapToInt(List::size).sum();
        int time = windows.stream()
                .flatMap(List::stream)
                .mapToInt(Window::length)
                .max()
                .orElse(0);
        List<String> tags = features.target().tags();
        if (values.remaining() != rows * time * tags.size()) {
            throw new ProblemException(Problem.of(
                    "runtime.failed",
                    "The model answered " + values.remaining() + " scores for " + rows + " windows of " + time
                            + " tokens and " + tags.size() + " tags."));
        }
        TagPath paths = new TagPath(features.target());
        List<Prediction> answers = new ArrayList<>(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            String text = features.text(asked.get(i));
            List<Span> spans = new ArrayList<>();
            for (Window window : windows.get(i)) {
                float[][] scores = new float[window.length()][tags.size()];
                for (int t = 0; t < time; t++) {
                    float[] row = t < scores.length ? scores[t] : new float[tags.size()];
                    values.get(row);
                    if (t < scores.length) {
                        finite(row);
                    }
                }
                if (window.tokens() > 0) {
                    add(spans, text, window, tags, paths, scores);
                }
            }
            answers.add(new Prediction.Spans(spans));
        }
        return answers;
    }

    private static void add(
            List<Span> spans, String text, Window window, List<String> tags, TagPath paths, float[][] scores) {
        int[] path = paths.best(scores);
        double[] probabilities = paths.probabilities(scores, path);
        int t = 0;
        while (t < path.length) {
            String tag = tags.get(path[t]);
            if (!tag.startsWith("B-")) {
                t++;
                continue;
            }
            String inside = "I-" + tag.substring(2);
            int from = t;
            double sum = probabilities[t++];
            while (t < path.length && tags.get(path[t]).equals(inside)) {
                sum += probabilities[t++];
            }
            int start = window.starts()[from];
            int end = window.ends()[t - 1];
            spans.add(new Span(tag.substring(2), start, end, text.substring(start, end), sum / (t - from)));
        }
    }

    private static void finite(float[] scores) {
        for (float score : scores) {
            if (!Float.isFinite(score)) {
                throw new ProblemException(Problem.of(
                        "runtime.not_finite", "The model answered " + score + " instead of a score of a tag."));
            }
        }
    }
}
