package dev.sampan.data.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.data.Spans.Span;
import dev.sampan.data.label.LabelErrors.Suspect;
import dev.sampan.data.label.Labelled.Annotation;
import dev.sampan.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabellingTests {
    private static final Golden GOLDEN = golden();

    record Golden(
            List<List<Integer>> ratings,
            double[] cohen,
            double fleiss,
            double alpha,
            List<List<@Nullable Integer>> missing,
            double alphaMissing,
            int[] labels,
            float[][] scores,
            int[] issues) {}

    @TempDir
    Path folder;

    @Test
    void agreementIsScikitLearnsStatsmodelsAndKrippendorffs() {
        Agreement agreement = Agreement.of(ratings(new ArrayList<>(GOLDEN.ratings)));
        double cohen = (GOLDEN.cohen[0] + GOLDEN.cohen[1] + GOLDEN.cohen[2]) / 3;
        assertThat(agreement.cohen()).isCloseTo(cohen, within(1e-9));
        assertThat(agreement.fleiss()).isCloseTo(GOLDEN.fleiss, within(1e-9));
        assertThat(agreement.krippendorff()).isCloseTo(GOLDEN.alpha, within(1e-9));
        assertThat(agreement.annotators()).isEqualTo(3);
        assertThat(Agreement.of(ratings(GOLDEN.missing)).krippendorff()).isCloseTo(GOLDEN.alphaMissing, within(1e-9));
    }

    @Test
    void agreementOnOneCategoryAloneIsNoFigure() {
        Agreement agreement = Agreement.of(List.of(Map.of("a", "x", "b", "x"), Map.of("a", "x")));
        assertThat(agreement.observed()).isEqualTo(1);
        assertThat(agreement.items()).isEqualTo(1);
        assertThat(agreement.cohen()).isNull();
        assertThat(agreement.fleiss()).isNull();
        assertThat(agreement.krippendorff()).isNull();
        assertThat(Agreement.of(List.of()).cohen()).isNull();
    }

    @Test
    void spansAgreeWhereStartEndAndLabelDo() {
        Span name = new Span(0, 2, "PER");
        Span city = new Span(5, 7, "LOC");
        assertThat(Agreement.ofSpans(List.of(Map.of("a", Set.of(name, city), "b", Set.of(name)))))
                .isCloseTo(2.0 / 3, within(1e-9));
        assertThat(Agreement.ofSpans(List.of(Map.of("a", Set.of(name))))).isNull();
    }

    @Test
    void confidentLearningFindsCleanlabsSuspectsInItsOrder() {
        List<Suspect> suspects = LabelErrors.find(GOLDEN.labels, GOLDEN.scores);
        assertThat(suspects.stream().mapToInt(Suspect::row).toArray()).isEqualTo(GOLDEN.issues);
        assertThat(suspects).allSatisfy(suspect -> {
            assertThat(suspect.given()).isEqualTo(GOLDEN.labels[suspect.row()]);
            assertThat(suspect.likely()).isNotEqualTo(suspect.given());
        });
    }

    @Test
    void theDoubtfulComeFirst() {
        float[][] scores = {{0.9f, 0.05f, 0.05f}, {0.4f, 0.35f, 0.25f}, {0.5f, 0.48f, 0.02f}, {0.34f, 0.33f, 0.33f}};
        assertThat(LabelOrder.of(scores, scores, LabelOrder.By.UNCERTAINTY, 4, 1))
                .containsExactly(3, 1, 2, 0);
        assertThat(LabelOrder.of(scores, scores, LabelOrder.By.MARGIN, 3, 1)).containsExactly(3, 2, 1);
        assertThat(LabelOrder.of(scores, scores, LabelOrder.By.ENTROPY, 2, 1)).containsExactly(3, 1);
    }

    @Test
    void variedChoicesTakeOneOfEachCloudBeforeASecond() {
        float[][] vectors = new float[30][];
        float[][] scores = new float[30][];
        for (int i = 0; i < 30; i++) {
            vectors[i] = new float[] {i % 3 * 10 + i / 100f, i % 3 == 1 ? 10 : 0};
            scores[i] = new float[] {0.5f + i / 100f, 0.5f - i / 100f};
        }
        for (LabelOrder.By by : List.of(LabelOrder.By.DIVERSITY, LabelOrder.By.MIXED, LabelOrder.By.SPREAD)) {
            List<Integer> chosen = LabelOrder.of(scores, vectors, by, 3, 7);
            assertThat(chosen.stream().map(row -> row % 3)).as(by.name()).containsExactlyInAnyOrder(0, 1, 2);
            assertThat(new HashSet<>(LabelOrder.of(scores, vectors, by, 30, 7))).hasSize(30);
        }
        float[][] equal = {{1, 1}, {1, 1}, {1, 1}};
        assertThat(LabelOrder.of(equal, equal, LabelOrder.By.SPREAD, 9, 7)).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void theMostChosenLabelWinsAndATieIsNone() {
        assertThat(Consensus.choice(chosen("a", "b", "a"))).isEqualTo("a");
        assertThat(Consensus.choice(chosen("a", "b"))).isNull();
        assertThat(Consensus.choice(chosen("a", "b", "c", "c", "b"))).isNull();
        assertThat(Consensus.choice(chosen())).isNull();
        Span span = new Span(0, 2, "PER");
        Annotation marked = new Annotation("x", List.of(), List.of(span), null);
        Annotation nothing = new Annotation("y", List.of(), List.of(), null);
        assertThat(Consensus.spans(new Labelled(Map.of(), List.of(marked, marked, nothing), List.of())))
                .containsExactly(span);
        assertThat(Consensus.spans(new Labelled(Map.of(), List.of(marked, nothing), List.of())))
                .isEmpty();
    }

    private static Labelled chosen(String... choices) {
        List<Annotation> annotations = new ArrayList<>();
        for (String choice : choices) {
            annotations.add(new Annotation("", List.of(choice), List.of(), null));
        }
        return new Labelled(Map.of(), annotations, List.of());
    }

    /// As Label Studio 1.x exports it.
    @Test
    void readsChoicesSpansPeopleAndModels() throws IOException {
        Path file = Files.writeString(folder.resolve("export.json"), """
                [{"id": 7, "data": {"text": "Alice asks for a refund", "n": 3}, "annotations": [
                   {"id": 1, "completed_by": {"id": 4, "email": "a@b.com"}, "was_cancelled": false, "result": [
                     {"id": "x", "from_name": "intent", "to_name": "text", "type": "choices",
                      "value": {"choices": ["refund"]}},
                     {"from_name": "ner", "to_name": "text", "type": "labels",
                      "value": {"start": 0, "end": 5, "text": "Alice", "labels": ["PER"]}}]},
                   {"id": 2, "completed_by": 5, "was_cancelled": true, "result": []}],
                  "predictions": [{"model_version": "v1", "score": 0.5, "result": [
                     {"type": "choices", "value": {"choices": ["other"]}}]}]},
                 {"data": {"image": "/data/upload/cat.png"}, "annotations": [], "predictions": []}]
                """);
        List<Labelled> tasks = LabelStudio.read(file);
        assertThat(tasks).hasSize(2);
        assertThat(tasks.getFirst().data())
                .containsEntry("text", "Alice asks for a refund")
                .containsEntry("n", "3");
        assertThat(tasks.getFirst().annotations())
                .containsExactly(new Annotation("a@b.com", List.of("refund"), List.of(new Span(0, 5, "PER")), null));
        assertThat(tasks.getFirst().predictions())
                .containsExactly(new Annotation("v1", List.of("other"), List.of(), 0.5));
        assertThat(tasks.getLast().annotations()).isEmpty();
    }

    @Test
    void whatIsWrittenReadsBack() throws IOException {
        Labelled task = new Labelled(
                Map.of("text", "李雷在北京"),
                List.of(new Annotation("", List.of("travel"), List.of(new Span(3, 5, "LOC")), null)),
                List.of(new Annotation("model", List.of("other"), List.of(), 0.75)));
        Path file = folder.resolve("tasks.json");
        LabelStudio.write(file, List.of(task), "text");
        assertThat(LabelStudio.read(file)).containsExactly(task);
        assertThat(Files.readString(file)).contains("\"text\" : \"北京\"");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void refusesWhatIsNoExport() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.json"), "[{\"data\": ");
        assertThatThrownBy(() -> LabelStudio.read(broken)).hasMessageContaining("cannot be read as JSON");
        Path flat = Files.writeString(folder.resolve("flat.json"), "[{\"text\": \"a\", \"label\": \"b\"}]");
        assertThatThrownBy(() -> LabelStudio.read(flat))
                .hasMessageContaining("task 1")
                .hasMessageContaining("JSON-MIN");
        Path box = Files.writeString(
                folder.resolve("box.json"),
                "[{\"data\":{},\"annotations\":[{\"result\":[{\"type\":\"rectanglelabels\",\"value\":{}}]}]}]");
        assertThatThrownBy(() -> LabelStudio.read(box)).hasMessageContaining("rectanglelabels");
        Path span = Files.writeString(
                folder.resolve("span.json"),
                "[{\"data\":{},\"annotations\":[{\"result\":[{\"type\":\"labels\",\"value\":{\"start\":5,\"end\":2,"
                        + "\"labels\":[\"A\"]}}]}]}]");
        assertThatThrownBy(() -> LabelStudio.read(span)).hasMessageContaining("from 5 to 2");
    }

    private static List<Map<String, String>> ratings(List<List<@Nullable Integer>> rows) {
        List<Map<String, String>> ratings = new ArrayList<>();
        for (List<@Nullable Integer> row : rows) {
            Map<String, String> item = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                if (row.get(i) != null) {
                    item.put("person " + i, "class " + row.get(i));
                }
            }
            ratings.add(item);
        }
        return ratings;
    }

    private static Golden golden() {
        try (InputStream in = LabellingTests.class.getResourceAsStream("/golden/labelling.json")) {
            return Json.MAPPER.readValue(in, Golden.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
