package dev.sampan.catalog.web;

import dev.sampan.evaluation.Report;
import dev.sampan.evaluation.Report.Bin;
import dev.sampan.evaluation.Report.Curve;
import dev.sampan.evaluation.Report.Figure;
import dev.sampan.evaluation.Report.PrecisionCurve;
import dev.sampan.shell.Words;
import dev.sampan.shell.svg.Axis;
import dev.sampan.shell.svg.Chart;
import dev.sampan.shell.svg.Intervals;
import dev.sampan.shell.svg.Lines;
import dev.sampan.shell.svg.Lines.Band;
import dev.sampan.shell.svg.Lines.Series;
import dev.sampan.shell.svg.Lines.Style;
import dev.sampan.shell.svg.Matrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A report as pictures.
final class ReportCharts {
    /// Metrics from 0 to 1 of which more is better; all others stand in a table.
    static final List<String> SHARES = List.of(
            "accuracy",
            "balanced_accuracy",
            "precision_macro",
            "recall_macro",
            "f1_macro",
            "f1_weighted",
            "top_k_accuracy",
            "roc_auc",
            "roc_auc_ovr",
            "average_precision",
            "entity_f1",
            "entity_precision",
            "entity_recall",
            "entity_f1_macro",
            "ndcg",
            "recall",
            "precision",
            "f1",
            "map",
            "mrr",
            "hit_rate",
            "coverage",
            "interval_coverage",
            "tstr",
            "trtr");
    private static final int GRID = 100;
    private static final int PALE_MAX = 30;

    private ReportCharts() {}

    static List<Chart> of(Words words, Report report) {
        List<Chart> charts = new ArrayList<>();
        if (report.confusion().length > 0) {
            charts.add(Matrix.chart(
                    words.text("catalog.confusion"),
                    words.text("catalog.confusion.corner"),
                    report.labels(),
                    report.confusion()));
        }
        if (!report.curves().isEmpty()) {
            charts.add(roc(words, report.curves()));
        }
        if (!report.precisionCurves().isEmpty()) {
            charts.add(precisionRecall(words, report.precisionCurves()));
        }
        if (report.residuals() != null && report.residuals().truth().length > 1) {
            charts.add(ResidualChart.of(words, report.residuals()));
        }
        if (report.calibration().stream().anyMatch(bin -> bin.count() > 0)) {
            charts.add(reliability(words, report.calibration()));
        }
        return charts;
    }

    static Chart intervals(Words words, Report report) {
        List<Intervals.Row> rows = new ArrayList<>();
        for (String metric : SHARES) {
            Figure figure = report.metrics().get(metric);
            if (figure != null) {
                Figure baseline = report.baseline().get(metric);
                rows.add(new Intervals.Row(
                        words.textOr("catalog.metric." + metric, metric),
                        figure.value(),
                        figure.low(),
                        figure.high(),
                        baseline == null ? null : (Double) baseline.value()));
            }
        }
        return Intervals.chart(
                words.text("catalog.figures.chart"),
                Axis.share(""),
                rows,
                List.of(
                        words.text("catalog.metric"),
                        words.text("catalog.value"),
                        words.text("catalog.low"),
                        words.text("catalog.high"),
                        words.text("catalog.baseline")));
    }

    /// The mean of the classes' curves, each of them pale behind it.
    private static Chart roc(Words words, List<Curve> curves) {
        double[] grid = new double[GRID + 1];
        double[] mean = new double[GRID + 1];
        for (int i = 0; i <= GRID; i++) {
            double rate = Math.pow((double) i / GRID, 2); // denser where curves bend
            grid[i] = rate;
            mean[i] = curves.stream()
                    .mapToDouble(curve -> at(curve, rate))
                    .average()
                    .orElse(0);
        }
        mean[0] = 0;
        List<Series> pale = curves.stream()
                .limit(PALE_MAX)
                .map(curve -> new Series(curve.label(), curve.falsePositiveRate(), curve.truePositiveRate()))
                .toList();
        return Lines.chart(
                words.text("catalog.roc"),
                Axis.share(words.text("catalog.roc.x")),
                Axis.share(words.text("catalog.roc.y")),
                List.of(new Series(words.text("catalog.roc.mean"), grid, mean)),
                new Style(true, pale, List.of()));
    }

    /// Every class's curve; the one with the highest average precision lies on top.
    private static Chart precisionRecall(Words words, List<PrecisionCurve> curves) {
        PrecisionCurve best = curves.stream()
                .max(Comparator.comparingDouble(PrecisionCurve::averagePrecision))
                .orElseThrow();
        List<Series> pale = curves.stream()
                .limit(PALE_MAX)
                .map(curve -> new Series(curve.label(), curve.recall(), curve.precision()))
                .toList();
        return Lines.chart(
                words.text("catalog.pr"),
                Axis.share(words.text("catalog.recall")),
                Axis.share(words.text("catalog.precision")),
                List.of(new Series(best.label(), best.recall(), best.precision())),
                new Style(false, pale, List.of()));
    }

    /// Between two points of the curve, on the straight line.
    private static double at(Curve curve, double rate) {
        double[] x = curve.falsePositiveRate();
        double[] y = curve.truePositiveRate();
        for (int i = 1; i < x.length; i++) {
            if (rate <= x[i]) {
                double width = x[i] - x[i - 1];
                return width == 0 ? y[i] : y[i - 1] + (y[i] - y[i - 1]) * (rate - x[i - 1]) / width;
            }
        }
        return 1;
    }

    /// How often answers of each confidence were right; the columns say how many there were.
    private static Chart reliability(Words words, List<Bin> bins) {
        List<Bin> filled = bins.stream().filter(bin -> bin.count() > 0).toList();
        long most = filled.stream().mapToLong(Bin::count).max().orElse(1);
        List<Band> bands = filled.stream()
                .map(bin -> new Band(bin.low(), bin.high(), (double) bin.count() / most))
                .toList();
        Series right = new Series(
                words.text("catalog.reliability.right"),
                filled.stream().mapToDouble(Bin::meanScore).toArray(),
                filled.stream().mapToDouble(Bin::accuracy).toArray());
        Chart chart = Lines.chart(
                words.text("catalog.reliability"),
                Axis.share(words.text("catalog.reliability.x")),
                Axis.share(words.text("catalog.reliability.y")),
                List.of(right),
                new Style(true, List.of(), bands));
        List<List<String>> rows = filled.stream()
                .map(bin -> List.of(
                        words.percent(bin.low()) + " – " + words.percent(bin.high()),
                        words.number(bin.count()),
                        words.percent(bin.meanScore()),
                        words.percent(bin.accuracy())))
                .toList();
        return new Chart(
                chart.title(),
                chart.markup(),
                List.of(),
                List.of(
                        words.text("catalog.reliability.bin"),
                        words.text("catalog.reliability.count"),
                        words.text("catalog.reliability.x"),
                        words.text("catalog.reliability.y")),
                rows);
    }
}
