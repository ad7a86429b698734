package dev.sampan.cli;

import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.Spans;
import dev.sampan.data.label.Labelled.Annotation;
import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.studio.StageProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/// All rows of a file with a model's scores for them, in memory: rows × classes × 4 bytes and the rows themselves.
///
/// @param labels the categories, in the order of the scores
record LabelRows(List<String> columns, List<Row> rows, List<String> labels, float[][] scores) {
    private static final int BATCH = 256;

    /// @throws ProblemException `label.no_scores` when the model answers no category
    static LabelRows of(DataFile file, ModelPackage model, StageProgress progress) {
        try (Runtime runtime = Runtimes.openForManyRows(model);
                RowReader reader = file.rows(model)) {
            if (runtime.labels().size() < 2) {
                throw new ProblemException(
                        Problem.of("label.no_scores", "The model answers no categories, so it has no scores to go by"));
            }
            List<Row> rows = new ArrayList<>();
            List<Map<String, String>> inputs = new ArrayList<>();
            for (Row row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
                inputs.add(DataFile.inputs(reader, row, runtime.inputs()));
            }
            float[][] scores = predict(runtime, inputs, progress).stream()
                    .map(prediction -> prediction.category().scores())
                    .toArray(float[][]::new);
            return new LabelRows(reader.columns(), rows, runtime.labels(), scores);
        } catch (IOException e) {
            throw new UncheckedIOException(file.data() + " cannot be read", e);
        }
    }

    /// The given labels by their numbers.
    ///
    /// @param column that holds them
    /// @throws ProblemException `input.missing_column`, `evaluate.unknown_label`
    int[] given(String column) {
        int truth = columns.indexOf(column);
        if (truth < 0) {
            throw missing(column, columns);
        }
        return rows.stream()
                .mapToInt(row -> {
                    int label = labels.indexOf(row.values().get(truth).strip());
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

    static List<Prediction> predict(Runtime runtime, List<Map<String, String>> inputs, StageProgress progress) {
        List<Prediction> predictions = new ArrayList<>(inputs.size());
        for (int from = 0; from < inputs.size(); from += BATCH) {
            if (progress.cancelled()) {
                throw new CancellationException("cancelled while predicting");
            }
            predictions.addAll(runtime.predict(inputs.subList(from, Math.min(from + BATCH, inputs.size()))));
            progress.at("predict", predictions.size(), inputs.size(), "");
        }
        return predictions;
    }

    /// A model's answer as people are shown it.
    ///
    /// @throws ProblemException `label.no_proposal` when it is neither a category nor spans
    static Annotation proposal(String version, Prediction prediction) {
        return switch (prediction) {
            case Prediction.Category category ->
                new Annotation(version, List.of(category.label()), List.of(), category.score());
            case Prediction.Spans(List<Prediction.Span> spans) ->
                new Annotation(
                        version,
                        List.of(),
                        spans.stream()
                                .map(span -> new Spans.Span(span.start(), span.end(), span.label()))
                                .toList(),
                        spans.stream().mapToDouble(Prediction.Span::score).min().orElse(1));
            case Prediction.Quantity _,
                    Prediction.Anomaly _,
                    Prediction.Ranking _,
                    Prediction.Forecast _,
                    Prediction.Sample _ ->
                throw new ProblemException(Problem.of(
                        "label.no_proposal", "Only categories and spans can be proposed to people who label"));
        };
    }

    static ProblemException missing(String column, List<String> columns) {
        return new ProblemException(Nearest.remedy(
                Problem.of("input.missing_column", "The file has no column '" + column + "'"), column, columns));
    }
}
