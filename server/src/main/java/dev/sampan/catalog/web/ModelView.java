package dev.sampan.catalog.web;

import dev.sampan.catalog.Catalog.AliasMove;
import dev.sampan.catalog.web.ModelPages.Row;
import dev.sampan.compression.Receipt;
import dev.sampan.evaluation.Report;
import dev.sampan.explanation.Explanation;
import dev.sampan.kernel.Json;
import dev.sampan.model.Manifest;
import dev.sampan.shell.Words;
import dev.sampan.shell.svg.Chart;
import dev.sampan.spec.EvaluateSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A model's page.
///
/// @param row the version that is shown
/// @param versions all of them, newest first
/// @param moves of its aliases, newest first
public record ModelView(Row row, List<Row> versions, List<AliasMove> moves, Manifest manifest) {
    public ModelView {
        versions = List.copyOf(versions);
        moves = List.copyOf(moves);
    }

    /// An answer and why it came out so.
    ///
    /// @param truth null when it is not known
    public record Sample(@Nullable String truth, Explanation explanation) {
        /// Strength of a token beside the strongest of the answer: 0 (nothing) to 3.
        public int strength(Explanation.TokenWeight token) {
            double greatest = explanation.tokens().stream()
                    .mapToDouble(one -> Math.abs(one.weight()))
                    .max()
                    .orElse(0);
            double share = greatest == 0 ? 0 : Math.abs(token.weight()) / greatest;
            return share >= 0.6 ? 3 : share >= 0.25 ? 2 : share >= 0.06 ? 1 : 0;
        }
    }

    /// Null when the version was not evaluated.
    public @Nullable Report report() {
        Object tree = manifest.results().get("report");
        return tree == null ? null : Json.MAPPER.convertValue(tree, Report.class);
    }

    public List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        if (manifest.results().get("explanations") instanceof List<?> trees) {
            for (Object tree : trees) {
                samples.add(
                        tree instanceof Map<?, ?> map && map.containsKey("explanation")
                                ? Json.MAPPER.convertValue(tree, Sample.class)
                                : new Sample(null, Json.MAPPER.convertValue(tree, Explanation.class)));
            }
        }
        return samples;
    }

    public List<Receipt> receipts() {
        List<Receipt> receipts = new ArrayList<>();
        if (manifest.results().get("receipts") instanceof List<?> trees) {
            trees.forEach(tree -> receipts.add(Json.MAPPER.convertValue(tree, Receipt.class)));
        }
        return receipts;
    }

    /// Weakest first: where there is something to mend.
    public List<Report.ClassFigures> classes(Report report) {
        return report.classes().stream()
                .sorted(Comparator.comparingDouble(one -> one.f1().value()))
                .toList();
    }

    public List<Chart> charts(Words words, Report report) {
        return ReportCharts.of(words, report);
    }

    /// Null when the report has no metric that is a share.
    public @Nullable Chart intervals(Words words, Report report) {
        boolean shares = report.metrics().keySet().stream().anyMatch(ReportCharts.SHARES::contains);
        return shares ? ReportCharts.intervals(words, report) : null;
    }

    /// The metrics that are no shares, with their own units, in the order of the specification's.
    public List<String> figures(Report report) {
        return EvaluateSpec.METRICS.stream()
                .filter(report.metrics()::containsKey)
                .filter(metric -> !ReportCharts.SHARES.contains(metric))
                .toList();
    }

    public boolean broad(Chart chart) {
        return chart.markup().startsWith("<svg class=\"chart wide\"");
    }

    public String trained(String name) {
        return String.valueOf(manifest.training().getOrDefault(name, "–"));
    }
}
