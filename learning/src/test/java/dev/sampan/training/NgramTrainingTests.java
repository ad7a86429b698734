package dev.sampan.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.data.Dataset;
import dev.sampan.data.NgramFeatures;
import dev.sampan.kernel.Progress;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.Safetensors;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.Spec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NgramTrainingTests {
    @TempDir
    Path folder;

    private ModelPackage trained(Spec spec, String name) {
        Dataset dataset = Example.dataset(spec, folder.resolve(name + ".data"));
        TrainingJob job =
                new TrainingJob(spec, dataset, folder.resolve(name), false, folder.resolve(name + ".work"), 1);
        return Training.train(job, Progress.NONE, MetricListener.NONE);
    }

    @Test
    void aLinearModelOverNgramsIsServedAsItWasTrained() throws IOException {
        Spec spec = Example.spec(folder, "{type: ngram}");

        ModelPackage made = trained(spec, "out");

        assertThat(Served.accuracy(made, Example.dataset(spec, folder.resolve("again"))))
                .isGreaterThan(0.95);
        assertServedAsTrained(made, "where is my parcel", "Password?", "", "refund refund money");
    }

    @Test
    void ngramsStandBesideAnEncoder() throws IOException {
        Spec spec = Example.spec(folder, "{type: pretrained, model_name_or_path: all-MiniLM-L6-v2, ngrams: always}");

        ModelPackage made = trained(spec, "out");

        assertThat(made.features()).isInstanceOf(NgramFeatures.class);
        assertThat(((NgramFeatures) made.features()).subwords()).isNotNull();
        try (Runtime runtime = Runtimes.open(made, 1, 8)) {
            assertThat(runtime.predict(List.of(Map.of("text", "i want my money back"), Map.of("text", "password"))))
                    .extracting(answer -> answer.category().label())
                    .containsExactly("refund", "account");
        }
    }

    @Test
    void anEqualRunMakesEqualWeights() throws IOException {
        Spec spec = Example.spec(folder, "{type: ngram, characters: [], words: [1, 1]}");

        assertThat(weights(trained(spec, "one"))).isEqualTo(weights(trained(spec, "two")));
    }

    private static float[] weights(ModelPackage made) {
        return Objects.requireNonNull(Safetensors.read(made.folder().resolve("model.safetensors"))
                        .get("ngrams.weight"))
                .values();
    }

    /// Softmax of the sum over grams, from the tensors that training saved, against what ONNX Runtime answers.
    private static void assertServedAsTrained(ModelPackage made, String... texts) throws IOException {
        NgramFeatures features = (NgramFeatures) made.features();
        Map<String, Safetensors.Tensor> tensors = Safetensors.read(made.folder().resolve("model.safetensors"));
        float[] weight = Objects.requireNonNull(tensors.get("ngrams.weight")).values();
        float[] bias = Objects.requireNonNull(tensors.get("classifier.bias")).values();
        int labels = bias.length;
        try (Runtime runtime = Runtimes.open(made, 1, 8)) {
            List<Map<String, String>> rows =
                    List.of(texts).stream().map(text -> Map.of("text", text)).toList();
            List<Prediction> answers = runtime.predict(rows);
            for (int i = 0; i < texts.length; i++) {
                NgramFeatures.Grams grams = features.grams(features.text(rows.get(i)));
                double[] z = new double[labels];
                double sum = 0;
                for (int k = 0; k < labels; k++) {
                    z[k] = bias[k];
                    for (int g = 0; g < grams.ids().length; g++) {
                        z[k] += grams.weights()[g] * weight[grams.ids()[g] * labels + k];
                    }
                    sum += Math.exp(z[k]);
                }
                for (int k = 0; k < labels; k++) {
                    assertThat((double) answers.get(i).category().scores()[k])
                            .isCloseTo(Math.exp(z[k]) / sum, within(1e-4));
                }
                assertThat(runtime.predict(rows.subList(i, i + 1))
                                .getFirst()
                                .category()
                                .scores())
                        .containsExactly(answers.get(i).category().scores(), within(1e-6f));
            }
        }
    }
}
