package dev.sampan.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.studio.StageProgress;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.core.JsonGenerator;

/// Answers rows: their columns again, with `prediction` and `score`, as CSV; or one JSON document. Rows are streamed.
@Command(name = "predict", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class PredictVerb extends LocalVerb {
    private static final int BATCH = 256;

    @Mixin
    private DataFile file = new DataFile();

    @Override
    void work(StageProgress progress) {
        ModelPackage model = file.model();
        try (Runtime runtime = Runtimes.openForManyRows(model);
                RowReader rows = file.rows();
                RowReader calls = file.rows(model);
                Answers answers = json() ? new JsonAnswers(runtime) : new CsvAnswers(rows)) {
            beginDocument();
            try {
                answerAll(runtime, rows, calls, answers, progress);
            } catch (ProblemException e) {
                answers.endedBy(e.problems());
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the answers cannot be written", e);
        }
    }

    private static void answerAll(
            Runtime runtime, RowReader rows, RowReader calls, Answers answers, StageProgress progress)
            throws IOException {
        List<Row> batch = new ArrayList<>();
        long done = 0;
        for (Row row = rows.next(); row != null; row = rows.next()) {
            batch.add(row);
            if (batch.size() == BATCH) {
                answer(runtime, calls, batch, answers);
                done += batch.size();
                batch.clear();
                progress.at("predict", done, 0, "");
                if (progress.cancelled()) {
                    throw new CancellationException("cancelled while predicting");
                }
            }
        }
        answer(runtime, calls, batch, answers);
        progress.at("predict", done + batch.size(), done + batch.size(), "");
    }

    /// @param calls reads the rows of the batch once more, as the model is called with them
    private static void answer(Runtime runtime, RowReader calls, List<Row> batch, Answers answers) throws IOException {
        List<Map<String, String>> inputs = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Row call = Objects.requireNonNull(calls.next(), "both read the same rows");
            inputs.add(DataFile.inputs(calls, call, runtime));
        }
        List<Prediction> predictions = runtime.predict(inputs);
        for (int i = 0; i < batch.size(); i++) {
            answers.add(batch.get(i), predictions.get(i));
        }
    }

    /// Where answers go, one after another.
    private interface Answers extends AutoCloseable {
        void add(Row row, Prediction prediction) throws IOException;

        /// No more rows come, because of these; what was answered before them stands.
        default void endedBy(List<Problem> problems) {}

        @Override
        void close() throws IOException;
    }

    private static final class CsvAnswers implements Answers {
        private final CsvWriter csv;

        CsvAnswers(RowReader rows) {
            csv = CsvWriter.builder().build(standardOutput());
            List<String> header = new ArrayList<>(rows.columns());
            header.add("prediction");
            header.add("score");
            csv.writeRecord(header);
        }

        @Override
        public void add(Row row, Prediction prediction) {
            List<String> values = new ArrayList<>(row.values());
            values.addAll(cells(prediction));
            csv.writeRecord(values);
        }

        /// Prediction and score; what is no single word or number is JSON.
        private static List<String> cells(Prediction prediction) {
            return switch (prediction) {
                case Prediction.Category category ->
                    List.of(category.label(), Float.toString((float) category.score()));
                case Prediction.Quantity quantity -> List.of(Float.toString((float) quantity.value()), "");
                case Prediction.Anomaly(double score, boolean anomalous) ->
                    List.of(Boolean.toString(anomalous), Float.toString((float) score));
                case Prediction.Spans(List<Prediction.Span> spans) -> List.of(Json.write(spans), "");
                case Prediction.Ranking(List<Prediction.Item> items) -> List.of(Json.write(items), "");
                case Prediction.Forecast(List<Prediction.Point> points) -> List.of(Json.write(points), "");
                case Prediction.Sample(Map<String, String> made) -> List.of(Json.write(made), "");
            };
        }

        @Override
        public void close() throws IOException {
            csv.flush();
        }
    }

    private static final class JsonAnswers implements Answers {
        private final List<String> labels;
        private final JsonGenerator json;
        private List<Problem> problems = List.of();

        JsonAnswers(Runtime runtime) {
            labels = runtime.labels();
            json = Json.MAPPER.createGenerator(standardOutput());
            json.writeStartObject();
            json.writeName("labels");
            json.writePOJO(labels);
            json.writeName("predictions");
            json.writeStartArray();
        }

        @Override
        public void add(Row row, Prediction prediction) {
            json.writePOJO(prediction.toTree(labels));
        }

        @Override
        public void endedBy(List<Problem> reasons) {
            problems = reasons;
        }

        @Override
        public void close() throws IOException {
            json.writeEndArray();
            if (!problems.isEmpty()) {
                json.writeName("problems");
                json.writePOJO(problems);
            }
            json.writeEndObject();
            json.flush();
            System.out.println();
        }
    }

    private static Writer standardOutput() {
        return new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
    }
}
