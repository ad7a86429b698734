package dev.sampan.studio;

import dev.sampan.compression.Receipt;
import dev.sampan.evaluation.Report;
import dev.sampan.explanation.Explanation;
import dev.sampan.kernel.Json;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import dev.sampan.search.Trial;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// The documents that stages after training put into a package's manifest.
public final class PackageResults {
    /// Name of the document that a search leaves.
    public static final String LEADERBOARD = "leaderboard";

    private PackageResults() {}

    /// The trials of the search that the package came from.
    ///
    /// @param metric of the validation rows, which no trial learnt from; the model in the package may have been
    ///     fitted on them too afterwards
    /// @param goal `MAXIMIZE` or `MINIMIZE`
    /// @param trials best first; a single one without a score when its task knows no other architecture
    public record TriedBoard(String metric, String goal, List<Trial> trials) {
        public TriedBoard {
            trials = List.copyOf(trials);
        }

        /// Whether nothing was compared, because the task knows one architecture alone.
        public boolean withoutChoice() {
            return trials.size() == 1
                    && trials.getFirst().score() == null
                    && trials.getFirst().failure() == null;
        }
    }

    /// Empty when the package came from one training.
    public static Optional<TriedBoard> leaderboard(ModelPackage model) {
        return Optional.ofNullable(model.manifest().results().get(LEADERBOARD))
                .map(tree -> Json.MAPPER.convertValue(tree, TriedBoard.class));
    }

    /// A document as the manifest holds it.
    public static Object tree(Object document) {
        return Json.MAPPER.convertValue(document, Object.class);
    }

    /// The package with one document more, as a new package.
    public static ModelPackage add(ModelPackage model, String name, Object document, Path target) {
        return add(model, Map.of(name, document), target);
    }

    /// The package with these documents more, by name, as a new package.
    public static ModelPackage add(ModelPackage model, Map<String, Object> documents, Path target) {
        Manifest old = model.manifest();
        Map<String, Object> results = new TreeMap<>(old.results());
        documents.forEach((name, document) -> results.put(name, tree(document)));
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

    /// One explained answer as the package keeps it.
    ///
    /// @param input values by column
    /// @param truth the label in the data
    public record Sample(Map<String, String> input, String truth, Explanation explanation) {
        public Sample {
            input = Map.copyOf(input);
        }
    }

    /// The explained answers in the package; none when the specification asked for none.
    public static List<Sample> explanations(ModelPackage model) {
        return list(model, "explanations", Sample[].class);
    }

    /// The receipts in the package, in the order of the steps; none when nothing was compressed.
    public static List<Receipt> receipts(ModelPackage model) {
        return list(model, "receipts", Receipt[].class);
    }

    private static <T> List<T> list(ModelPackage model, String name, Class<T[]> type) {
        Object tree = model.manifest().results().get(name);
        return tree == null ? List.of() : List.of(Json.MAPPER.convertValue(tree, type));
    }
}
