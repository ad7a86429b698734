package dev.sampan.catalog.internal;

import dev.sampan.evaluation.Report;
import dev.sampan.kernel.Json;
import dev.sampan.model.ModelPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;

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
        if (model.manifest().results().get("report") instanceof Map<?, ?> tree) {
            Report report = Json.MAPPER.convertValue(tree, Report.class);
            summary.put("headline", report.headline());
            report.headline()
                    .forEach(name -> summary.put(name, report.metric(name).value()));
        }
        return summary;
    }
}
