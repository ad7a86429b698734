package dev.sampan.studio;

import dev.sampan.evaluation.Report;
import dev.sampan.kernel.Json;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The documents that stages after training put into a package's manifest.
public final class PackageResults {
    private PackageResults() {}

    /// The package with one document more, as a new package.
    public static ModelPackage add(ModelPackage model, String name, Object document, Path target) {
        Manifest old = model.manifest();
        Map<String, Object> results = new TreeMap<>(old.results());
        results.put(name, Json.MAPPER.convertValue(document, Object.class));
        try (PackageDraft draft = PackageDraft.copyOf(model, target, false)) {
            return draft.commit(old.withResults(results));
        }
    }

    /// The report of the test split that stands in the package.
    ///
    /// @throws NullPointerException when it was not evaluated
    public static Report report(ModelPackage model) {
        Object tree = Objects.requireNonNull(model.manifest().results().get("report"), "no report in the package");
        return Json.MAPPER.convertValue(tree, Report.class);
    }

    /// The label that the baseline always answers: the most frequent of the training rows, ties by name.
    public static String majority(Manifest manifest) {
        return manifest.labelCounts().entrySet().stream()
                .max(Comparator.comparing(Map.Entry<String, Long>::getValue)
                        .thenComparing(Map.Entry.<String, Long>comparingByKey().reversed()))
                .orElseThrow()
                .getKey();
    }
}
