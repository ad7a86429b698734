package dev.sampan.cli;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.studio.Road;
import dev.sampan.studio.StageName;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Voyage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Scores for all rows of a specification's data set by models that did not learn from them: the rows are divided
/// into folds, and each is scored by a model of the other folds. In memory, as [LabelRows].
record FoldScores(Path file, List<String> overrides, int folds) {
    private record Fold(List<String> columns, List<Row> rows, List<String> labels, List<float[]> scores) {}

    /// @throws ProblemException `label.no_scores` when the specification's model answers no category
    LabelRows by(Road road, StageProgress progress) {
        List<Fold> scored = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            Voyage voyage = road.walk(spec(fold), StageName.TRAIN, progress);
            scored.add(
                    scored(Objects.requireNonNull(voyage.model()), Objects.requireNonNull(voyage.dataset()), progress));
        }
        return together(scored);
    }

    /// The specification with this fold's rows for testing. Equal rows and groups stay in one fold, and each label
    /// stands in every fold alike.
    Spec spec(int fold) {
        List<String> all = new ArrayList<>(overrides);
        Spec written = Specs.read(file, overrides);
        if (written.data().output() == null) {
            throw noScores();
        }
        String group = written.data().split().column();
        boolean grouped = written.data().split().type().name().equals("GROUP") && group != null;
        all.add("data.split={type: k_fold, folds: " + folds + ", fold: " + fold
                + (grouped ? ", column: " + group : ", stratify: true") + "}");
        return Specs.read(file, all);
    }

    private static Fold scored(ModelPackage model, Dataset dataset, StageProgress progress) {
        try (Runtime runtime = Runtimes.openForManyRows(model);
                RowReader reader = Datasets.calls(dataset, Split.TEST, model.features())) {
            if (runtime.labels().size() < 2) {
                throw noScores();
            }
            List<Row> rows = new ArrayList<>();
            List<Map<String, String>> inputs = new ArrayList<>();
            for (Row row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
                inputs.add(DataFile.inputs(reader, row, runtime));
            }
            List<float[]> scores = LabelRows.predict(runtime, inputs, progress).stream()
                    .map(prediction -> prediction.category().scores())
                    .toList();
            return new Fold(reader.columns(), rows, runtime.labels(), scores);
        } catch (IOException e) {
            throw new UncheckedIOException(dataset.folder() + " cannot be read", e);
        }
    }

    private static ProblemException noScores() {
        return new ProblemException(
                Problem.of("label.no_scores", "The model answers no categories, so it has no scores to go by"));
    }

    /// A category that one fold's model has never seen has the score 0 in that fold.
    private static LabelRows together(List<Fold> folds) {
        List<String> labels = folds.stream()
                .flatMap(fold -> fold.labels().stream())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
        List<Row> rows = new ArrayList<>();
        List<float[]> scores = new ArrayList<>();
        for (Fold fold : folds) {
            int[] places = fold.labels().stream().mapToInt(labels::indexOf).toArray();
            for (int i = 0; i < fold.rows().size(); i++) {
                float[] all = new float[labels.size()];
                for (int c = 0; c < places.length; c++) {
                    all[places[c]] = fold.scores().get(i)[c];
                }
                scores.add(all);
                rows.add(fold.rows().get(i));
            }
        }
        return new LabelRows(folds.getFirst().columns(), rows, labels, scores.toArray(float[][]::new));
    }
}
