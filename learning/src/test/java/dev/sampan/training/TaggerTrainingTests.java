package dev.sampan.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.kernel.Progress;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaggerTrainingTests {
    private static final List<String> PLACES = List.of("北京", "上海", "广州", "乌鲁木齐");
    private static final List<String> FRAMES = List.of("我在%s住了三年", "%s的天气很好", "从%s到%s要多久？", "今天没有消息");

    @TempDir
    Path folder;

    private Spec spec(boolean crf) throws IOException {
        SplittableRandom random = new SplittableRandom(2);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < 160; row++) {
            String frame = FRAMES.get(row % FRAMES.size());
            String text = frame.formatted(place(random), place(random));
            lines.add("{\"text\":\"" + row + text + "\",\"label\":" + spans(row + text, row % 10 == 0) + "}");
        }
        Files.write(folder.resolve("rows.jsonl"), lines);
        Path file = folder.resolve("sampan.yaml");
        Files.writeString(file, """
                version: 1
                name: places
                task: token_classification
                data:
                  dataset: rows.jsonl
                  input_features: [{name: text, type: text}]
                  output_features: [{name: label, type: sequence}]
                  split: {type: hash, probabilities: [0.8, 0.1, 0.1]}
                  quality: {fail_on: []}
                model: {type: bilstm_crf, embedding_size: 16, hidden_size: 16, dropout: 0.1, words: false, crf: %s}
                train: {num_train_epochs: 12, learning_rate: 0.02, per_device_train_batch_size: 16}
                """.formatted(crf));
        return Specs.read(file, List.of());
    }

    private static String place(SplittableRandom random) {
        return PLACES.get(random.nextInt(PLACES.size()));
    }

    /// @param nested adds a span within the first
    private static String spans(String text, boolean nested) {
        List<String> spans = new ArrayList<>();
        for (String place : PLACES) {
            for (int at = text.indexOf(place); at >= 0; at = text.indexOf(place, at + 1)) {
                spans.add("{\"start\":%d,\"end\":%d,\"label\":\"place\"}".formatted(at, at + place.length()));
                if (nested) {
                    spans.add("{\"start\":%d,\"end\":%d,\"label\":\"place\"}".formatted(at, at + 1));
                }
            }
        }
        return "[" + String.join(",", spans) + "]";
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void findsSpansAtTheirPlacesInTheTextAsItWasAsked(boolean crf) throws IOException {
        Spec spec = spec(crf);
        Dataset dataset = Datasets.prepare(spec, folder.resolve("data"), Progress.NONE);
        TrainingJob job = new TrainingJob(spec, dataset, folder.resolve("out"), false, folder.resolve("work"), 1);

        ModelPackage made = Training.train(job, Progress.NONE, MetricListener.NONE);

        try (Runtime runtime = Runtimes.open(made, 1, 8)) {
            List<Prediction> answers = runtime.predict(
                    List.of(Map.of("text", "  😀从上海到乌鲁木齐要多久？"), Map.of("text", ""), Map.of("text", "我在广州住了三年")));
            assertThat(((Prediction.Spans) answers.get(0)).spans())
                    .extracting(Prediction.Span::text, Prediction.Span::start, Prediction.Span::end)
                    .containsExactly(tuple("上海", 5, 7), tuple("乌鲁木齐", 8, 12));
            assertThat(((Prediction.Spans) answers.get(1)).spans()).isEmpty();
            assertThat(((Prediction.Spans) answers.get(2)).spans())
                    .allSatisfy(span -> assertThat(span.score()).isBetween(0.5, 1.0))
                    .extracting(Prediction.Span::text)
                    .containsExactly("广州");
        }
        assertThat(String.valueOf(made.manifest().training().get("spans_left_out")))
                .contains("overlapping");
    }
}
