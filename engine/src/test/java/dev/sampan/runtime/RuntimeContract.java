package dev.sampan.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.kernel.ProblemException;
import dev.sampan.model.ModelPackage;
import dev.sampan.testing.ModelFixtures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every [Runtime] must do; a new one extends this class and is asked the same.
public abstract class RuntimeContract {
    private static final String COLUMN = ModelFixtures.COLUMN;

    @TempDir
    Path folder;

    /// The runtime under test with a package loaded.
    protected abstract Runtime open(ModelPackage model, int batchMax);

    @Test
    void answersEachInputInOrderWithProbabilitiesOfAllLabels() {
        try (Runtime runtime = aRuntime(32)) {
            List<Prediction> answers = runtime.predict(List.of(
                    Map.of(COLUMN, "where is my parcel and the courier today"),
                    Map.of(COLUMN, "money back"),
                    Map.of(COLUMN, "tax invoice for my company")));

            assertThat(runtime.labels()).isEqualTo(ModelFixtures.LABELS);
            assertThat(runtime.inputs()).containsExactly(COLUMN);
            assertThat(answers)
                    .extracting(answer -> answer.category().label())
                    .containsExactly("delivery", "refund", "invoice");
            // two words, each a vote of 4 for `refund`: softmax(0, 0, 4)
            double expected = Math.exp(4) / (Math.exp(4) + 2);
            assertThat(answers.get(1).category().score()).isEqualTo(expected, within(1e-6));
            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(sum(answer.category().scores())).isEqualTo(1, within(1e-5)));
        }
    }

    @Test
    void answersItsOwnExample() {
        try (Runtime runtime = aRuntime(32)) {
            assertThat(runtime.example().keySet()).containsAll(runtime.inputs());
            assertThat(runtime.predict(List.of(runtime.example()))).hasSize(1);
        }
    }

    @Test
    void answersAloneAsInAnyCompany() {
        List<Map<String, String>> inputs = someInputs(200);
        try (Runtime alone = aRuntime(1);
                Runtime together = open(ModelPackage.open(folder.resolve("tiny")), 7)) {
            List<Prediction> inBatches = together.predict(inputs);
            for (int i = 0; i < inputs.size(); i++) {
                Prediction one = alone.predict(List.of(inputs.get(i))).getFirst();
                assertThat(inBatches.get(i).category().scores())
                        .containsExactly(one.category().scores(), within(1e-5f));
            }
        }
    }

    @Test
    void answersAnEmptyTextAndAnEmptyList() {
        try (Runtime runtime = aRuntime(4)) {
            assertThat(runtime.predict(List.of())).isEmpty();
            assertThat(runtime.predict(List.of(Map.of(COLUMN, "")))).hasSize(1);
        }
    }

    @Test
    void takesTheOneColumnUnderTheNameTextToo() {
        try (Runtime runtime = aRuntime(4)) {
            assertThat(runtime.predict(List.of(Map.of("text", "money back"))))
                    .first()
                    .extracting(answer -> answer.category().label())
                    .isEqualTo("refund");
        }
    }

    @Test
    void namesTheColumnThatIsMissing() {
        try (Runtime runtime = aRuntime(4)) {
            assertThatThrownBy(() -> runtime.predict(List.of(Map.of("questoin", "money"))))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problems())
                                    .first()
                                    .matches(problem -> problem.code().equals("input.missing_column")));
        }
    }

    @Test
    void servesManyThreadsAndLetsThemFinishWhenItCloses() throws Exception {
        Runtime runtime = aRuntime(8);
        List<Map<String, String>> inputs = someInputs(50);
        List<String> expected = runtime.predict(inputs).stream()
                .map(answer -> answer.category().label())
                .toList();
        List<Future<Integer>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                calls.add(threads.submit(() -> untilClosed(runtime, inputs, expected)));
            }
            Thread.sleep(50);
            runtime.close();
        }
        for (Future<Integer> call : calls) {
            assertThat(call.get()).isNotNegative();
        }
        runtime.close();
        assertThatThrownBy(() -> runtime.predict(inputs)).isInstanceOf(IllegalStateException.class);
    }

    private static int untilClosed(Runtime runtime, List<Map<String, String>> inputs, List<String> expected) {
        for (int calls = 0; ; calls++) {
            List<Prediction> answers;
            try {
                answers = runtime.predict(inputs);
            } catch (IllegalStateException closed) {
                return calls;
            }
            assertThat(answers).extracting(answer -> answer.category().label()).isEqualTo(expected);
        }
    }

    private Runtime aRuntime(int batchMax) {
        return open(ModelFixtures.aTinyPackage(folder.resolve("tiny")), batchMax);
    }

    private static List<Map<String, String>> someInputs(int count) {
        Random random = new Random(11);
        List<Map<String, String>> inputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder("x");
            for (int word = random.nextInt(14); word > 0; word--) {
                text.append(' ').append(ModelFixtures.WORDS.get(random.nextInt(ModelFixtures.WORDS.size())));
            }
            inputs.add(Map.of(COLUMN, text.toString()));
        }
        return inputs;
    }

    private static double sum(float[] scores) {
        double sum = 0;
        for (float score : scores) {
            sum += score;
        }
        return sum;
    }
}
