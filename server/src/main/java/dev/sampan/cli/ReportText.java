package dev.sampan.cli;

import dev.sampan.evaluation.Report;
import dev.sampan.evaluation.Report.Figure;
import java.util.Locale;

/// A report as a table for a terminal.
final class ReportText {
    private static final String[] ORDER = {
        "accuracy", "f1_macro", "precision_macro", "recall_macro", "f1_weighted", "roc_auc", "roc_auc_ovr", "log_loss"
    };

    private ReportText() {}

    static void print(Report report) {
        System.out.println(
                Texts.get("report.head", report.rows(), report.labels().size(), report.confidence() * 100));
        for (String metric : ORDER) {
            Figure figure = report.metrics().get(metric);
            if (figure != null) {
                Figure baseline = report.baseline().get(metric);
                System.out.println(String.format(
                        Locale.ROOT,
                        "  %-16s %.4f  [%.4f, %.4f]%s",
                        metric,
                        figure.value(),
                        figure.low(),
                        figure.high(),
                        baseline == null ? "" : Texts.get("report.baseline", String.format("%.4f", baseline.value()))));
            }
        }
    }
}
