package dev.sampan.cli;

import dev.sampan.data.label.LabelErrors;
import dev.sampan.data.label.LabelErrors.Suspect;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import dev.sampan.model.ModelPackage;
import dev.sampan.studio.StageProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Labels that are probably wrong, by confident learning. The scores are the package's, so the rows should be held
/// out: a model has learnt the labels that it was trained on, wrong ones too, and finds little among them.
@Command(name = "errors", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class LabelErrorsVerb extends LocalVerb {
    @Mixin
    private DataFile file = new DataFile();

    @Option(names = "--top", defaultValue = "50", descriptionKey = "option.top")
    private int top = 50;

    @Override
    void work(StageProgress progress) {
        requireWithin("--top", top, 1, 1_000_000);
        ModelPackage model = file.model();
        LabelRows rows = LabelRows.of(file, model, progress);
        List<Suspect> suspects = LabelErrors.find(given(rows, file.truthColumn(model)), rows.scores());
        boolean learnt = learnt(model);
        List<Suspect> shown = suspects.subList(0, Math.min(top, suspects.size()));
        if (json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("rows", rows.rows().size());
            document.put("suspects", suspects.size());
            document.put("trained_on_these_rows", learnt);
            document.put(
                    "shown", shown.stream().map(suspect -> tree(rows, suspect)).toList());
            printJson(document);
            return;
        }
        System.out.println(
                Texts.get("label.suspects", suspects.size(), rows.rows().size()));
        System.out.println(Texts.get(learnt ? "label.learnt_rows" : "label.held_out_rows"));
        for (Suspect suspect : shown) {
            System.out.println(String.format(
                    Locale.ROOT,
                    "  %7.4f  %s: %s → %s",
                    suspect.margin(),
                    rows.rows().get(suspect.row()).origin(),
                    rows.labels().get(suspect.given()),
                    rows.labels().get(suspect.likely())));
        }
    }

    private static Map<String, Object> tree(LabelRows rows, Suspect suspect) {
        return Map.of(
                "row",
                suspect.row(),
                "origin",
                rows.rows().get(suspect.row()).origin(),
                "given",
                rows.labels().get(suspect.given()),
                "likely",
                rows.labels().get(suspect.likely()),
                "margin",
                suspect.margin());
    }

    /// The file is one of those that the package was trained from: then most of its rows were learnt.
    private boolean learnt(ModelPackage model) {
        Sha256 hash;
        try {
            hash = Sha256.of(file.data());
        } catch (IOException e) {
            throw new UncheckedIOException(file.data() + " cannot be read", e);
        }
        return model.manifest().provenance().sources().stream()
                .anyMatch(source -> source.sha256().equals(hash));
    }

    private static int[] given(LabelRows rows, String column) {
        int truth = rows.columns().indexOf(column);
        if (truth < 0) {
            throw LabelRows.missing(column, rows.columns());
        }
        return rows.rows().stream()
                .mapToInt(row -> {
                    int label = rows.labels().indexOf(row.values().get(truth).strip());
                    if (label < 0) {
                        throw new ProblemException(Problem.of(
                                        "evaluate.unknown_label",
                                        "The model does not know the label '"
                                                + row.values().get(truth).strip() + "'")
                                .at(row.origin()));
                    }
                    return label;
                })
                .toArray();
    }
}
