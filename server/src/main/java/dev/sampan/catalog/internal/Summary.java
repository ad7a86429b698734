package dev.sampan.catalog.internal;

import dev.sampan.evaluation.Report;
import dev.sampan.model.ModelPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What lists show of a version, taken from its manifest once at registration.
final class Summary {
    private Summary() {}

    static Map<String, Object> of(ModelPackage model) {
        Map<String, Object> summary = new TreeMap<>();
        try {
            summary.put("model_bytes", Files.size(model.onnx()));
        } catch (IOException e) {
            throw new UncheckedIOException(model.onnx() + " cannot be read", e);
        }
        summary.put("labels", model.manifest().labelCounts().size());
        if (model.manifest().results().get("report") instanceof Map<?, ?> report
                && report.get("metrics") instanceof Map<?, ?> metrics) {
            List<String> headline = Report.headline(kind(report.get("kind")), metrics.keySet());
            summary.put("headline", headline);
            for (String name : headline) {
                if (metrics.get(name) instanceof Map<?, ?> figure && figure.get("value") instanceof Number value) {
                    summary.put(name, value);
                }
            }
        }
        return summary;
    }

    /// Reports written before there were other kinds do not name theirs.
    private static Report.Kind kind(@Nullable Object name) {
        return name == null ? Report.Kind.CLASSIFICATION : Report.Kind.valueOf(name.toString());
    }
}
