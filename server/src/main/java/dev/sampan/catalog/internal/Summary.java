package dev.sampan.catalog.internal;

import dev.sampan.model.ModelPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;

/// What lists show of a version, taken from its manifest once at registration.
final class Summary {
    private static final String[] METRICS = {"accuracy", "f1_macro"};

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
            for (String metric : METRICS) {
                if (metrics.get(metric) instanceof Map<?, ?> figure && figure.get("value") instanceof Number value) {
                    summary.put(metric, value);
                }
            }
        }
        return summary;
    }
}
