package dev.sampan.cli;

import dev.sampan.evaluation.Comparison;
import dev.sampan.evaluation.Comparison.Difference;
import dev.sampan.evaluation.Report;
import dev.sampan.evaluation.Report.ClassFigures;
import dev.sampan.evaluation.Report.Figure;
import dev.sampan.evaluation.Report.Slice;
import dev.sampan.evaluation.Report.Threshold;
import dev.sampan.spec.EvaluateSpec;
import java.util.Locale;

/// A report as a table for a terminal.
final class ReportText {
    private static final int SLICES_SHOWN = 12;

    private ReportText() {}

    static void print(Report report) {
        System.out.println(head(report));
        for (String metric : EvaluateSpec.METRICS) {
            Figure figure = report.metrics().get(metric);
            if (figure != null) {
                Figure baseline = report.baseline().get(metric);
                System.out.println(line(
                        metric,
                        figure,
                        baseline == null ? "" : Texts.get("report.baseline", number(baseline.value()))));
            }
        }
        if (report.kind() == Report.Kind.ENTITIES) {
            report.classes().forEach(ReportText::print);
        }
        if (report.threshold() != null) {
            print(report.threshold());
        }
        report.slices().stream().limit(SLICES_SHOWN).forEach(slice -> print(slice, report));
    }

    private static String head(Report report) {
        double level = report.confidence() * 100;
        return switch (report.kind()) {
            case CLASSIFICATION ->
                Texts.get("report.head", report.rows(), report.labels().size(), level);
            case RANKING -> Texts.get("report.head.ranking", report.rows(), level);
            case FORECAST -> Texts.get("report.head.forecast", report.rows(), level);
            case GENERATION -> Texts.get("report.head.generation", report.rows(), level);
            case REGRESSION, ENTITIES, ANOMALY -> Texts.get("report.head.rows", report.rows(), level);
        };
    }

    private static void print(ClassFigures type) {
        System.out.println(line(type.label(), type.f1(), Texts.get("report.support", type.support())));
    }

    private static void print(Threshold threshold) {
        System.out.println(Texts.get(
                "report.threshold",
                threshold.positive(),
                number(threshold.value()),
                number(threshold.cost().value()),
                number(threshold.costAtHalf().value()),
                number(threshold.costOfNever().value()),
                number(threshold.costOfAlways().value())));
    }

    private static void print(Slice slice, Report report) {
        String metric = report.kind() == Report.Kind.REGRESSION ? "mae" : "accuracy";
        Figure figure = slice.metrics().get(metric);
        if (figure != null) {
            System.out.println(
                    line(metric, figure, Texts.get("report.slice", slice.column(), slice.value(), slice.rows())));
        }
    }

    static void print(Comparison comparison) {
        System.out.println(Texts.get("report.compared", comparison.rows(), comparison.confidence() * 100));
        for (String metric : EvaluateSpec.METRICS) {
            Difference difference = comparison.differences().get(metric);
            if (difference != null) {
                boolean significant = difference.significant(comparison.confidence());
                System.out.println(String.format(
                        Locale.ROOT,
                        "  %-18s %s − %s = %s  [%s, %s]  p %.4f  %s",
                        metric,
                        number(difference.first()),
                        number(difference.second()),
                        number(difference.value()),
                        number(difference.low()),
                        number(difference.high()),
                        difference.p(),
                        Texts.get(significant ? "report.significant" : "report.by_chance")));
            }
        }
    }

    private static String line(String name, Figure figure, String behind) {
        return String.format(
                Locale.ROOT,
                "  %-18s %s  [%s, %s]%s",
                name,
                number(figure.value()),
                number(figure.low()),
                number(figure.high()),
                behind);
    }

    /// Four decimals, and five figures where the value has a unit of its own.
    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.4f" : "%.5g", value);
    }
}
