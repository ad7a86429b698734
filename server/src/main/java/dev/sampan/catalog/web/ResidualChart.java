package dev.sampan.catalog.web;

import dev.sampan.evaluation.Report.Residuals;
import dev.sampan.shell.Words;
import dev.sampan.shell.svg.Axis;
import dev.sampan.shell.svg.Chart;
import dev.sampan.shell.svg.Lines;
import dev.sampan.shell.svg.Lines.Series;
import dev.sampan.shell.svg.Lines.Style;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Answers that are numbers beside the truth: rows in groups of like truth, mean truth to the right, mean answer
/// upwards; a perfect model lies on the diagonal. The table beneath tells how far answers are off.
final class ResidualChart {
    private static final int GROUPS = 20;
    private static final List<String> SHARES = List.of("0 %", "5 %", "25 %", "50 %", "75 %", "95 %", "100 %");

    private ResidualChart() {}

    static Chart of(Words words, Residuals residuals) {
        int rows = residuals.truth().length;
        List<Integer> order = IntStream.range(0, rows)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> residuals.truth()[row]))
                .toList();
        int groups = Math.min(GROUPS, rows);
        double[] truth = new double[groups];
        double[] answer = new double[groups];
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        for (int g = 0; g < groups; g++) {
            List<Integer> group = order.subList(g * rows / groups, (g + 1) * rows / groups);
            truth[g] = mean(residuals.truth(), group);
            answer[g] = mean(residuals.answer(), group);
            low = Math.min(low, Math.min(truth[g], answer[g]));
            high = Math.max(high, Math.max(truth[g], answer[g]));
        }
        double top = high > low ? high : low + 1;
        Chart chart = Lines.chart(
                words.text("catalog.residuals"),
                new Axis(words.text("catalog.residuals.truth"), low, top, value -> words.decimal(value, 1)),
                new Axis(words.text("catalog.residuals.answer"), low, top, value -> words.decimal(value, 1)),
                List.of(new Series(words.text("catalog.residuals.answer"), truth, answer)),
                new Style(true, List.of(), List.of()));
        List<List<String>> off = new ArrayList<>();
        for (int q = 0; q < Math.min(SHARES.size(), residuals.quantiles().length); q++) {
            off.add(List.of(SHARES.get(q), words.decimal(residuals.quantiles()[q], 4)));
        }
        return new Chart(
                chart.title(),
                chart.markup(),
                List.of(),
                List.of(words.text("catalog.residuals.share"), words.text("catalog.residuals.off")),
                off);
    }

    private static double mean(double[] values, List<Integer> rows) {
        return rows.stream().mapToDouble(row -> values[row]).average().orElse(0);
    }
}
