package dev.sampan.studio.web;

import dev.sampan.shell.Words;
import dev.sampan.shell.svg.Axis;
import dev.sampan.shell.svg.Chart;
import dev.sampan.shell.svg.Lines;
import dev.sampan.shell.svg.Lines.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Curves of a training from its epochs' metrics: what is called a loss in one chart, shares of right answers
/// in the other.
final class TrainingCharts {
    private TrainingCharts() {}

    static List<Chart> of(Words words, List<Map<String, Object>> history) {
        Set<String> losses = new LinkedHashSet<>();
        Set<String> shares = new LinkedHashSet<>();
        for (Map<String, Object> epoch : history) {
            for (String metric : new TreeSet<>(epoch.keySet())) {
                if (!(epoch.get(metric) instanceof Number)) {
                    continue;
                }
                if (metric.endsWith("loss")) {
                    losses.add(metric);
                } else if (metric.contains("accuracy") || metric.contains("f1")) {
                    shares.add(metric);
                }
            }
        }
        List<Chart> charts = new ArrayList<>();
        List<Series> lossLines = series(words, history, losses);
        if (!lossLines.isEmpty()) {
            double greatest = lossLines.stream()
                    .flatMapToDouble(line -> Arrays.stream(line.y()))
                    .max()
                    .orElse(1);
            Axis loss = Axis.upTo(words.text("studio.curve.loss"), greatest, value -> words.decimal(value, 2));
            charts.add(chart(words, loss, lossLines, history.size()));
        }
        List<Series> shareLines = series(words, history, shares);
        if (!shareLines.isEmpty()) {
            charts.add(chart(words, Axis.share(words.text("studio.curve.share")), shareLines, history.size()));
        }
        return charts;
    }

    private static Chart chart(Words words, Axis y, List<Series> lines, int epochs) {
        Axis x = new Axis(
                words.text("studio.curve.epoch"),
                1,
                Math.max(2, epochs),
                value -> value == Math.rint(value) ? words.number(Math.round(value)) : "");
        return Lines.chart(y.title(), x, y, lines, Lines.Style.PLAIN);
    }

    private static List<Series> series(Words words, List<Map<String, Object>> history, Set<String> metrics) {
        List<Series> lines = new ArrayList<>();
        for (String metric : metrics) {
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i < history.size(); i++) {
                if (history.get(i).get(metric) instanceof Number value && Double.isFinite(value.doubleValue())) {
                    points.add(new double[] {i + 1, value.doubleValue()});
                }
            }
            lines.add(new Series(
                    words.textOr("studio.metric." + metric, metric.replace('_', ' ')),
                    points.stream().mapToDouble(point -> point[0]).toArray(),
                    points.stream().mapToDouble(point -> point[1]).toArray()));
        }
        return lines;
    }
}
