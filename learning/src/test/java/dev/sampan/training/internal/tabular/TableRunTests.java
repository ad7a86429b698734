package dev.sampan.training.internal.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.data.Dataset;
import dev.sampan.data.Target;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.Spec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableRunTests {
    private static final String[] QUICK = {"train.num_train_epochs=12", "train.learning_rate=0.01"};

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model: {type: linear}",
                "model: {type: mlp, hidden_sizes: [16], norm: batch, hidden_act: gelu}",
                "model: {type: wide_deep, hidden_sizes: [16], norm: layer}"
            })
    void networksTellGoodLoansFromBadOnes(String model) throws Exception {
        Spec spec = TableExample.spec(folder, "tabular_classification", "[{name: good}]", model, QUICK);
        Dataset dataset = TableExample.dataset(spec, folder);
        ModelPackage trained = TableExample.trained(spec, dataset, folder);
        assertThat(Answered.of(trained, dataset).accuracy()).isGreaterThan(0.85);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model: {type: linear}", "model: {type: wide_deep, hidden_sizes: [16]}"})
    void aQuantityIsAnsweredInTheUnitOfTheRows(String model) throws Exception {
        Spec spec = TableExample.spec(folder, "regression", "[{name: amount, type: number}]", model, QUICK);
        Dataset dataset = TableExample.dataset(spec, folder);
        Answered answered = Answered.of(TableExample.trained(spec, dataset, folder), dataset);
        assertThat(answered.rootMeanSquaredError()).isLessThan(3000); // of a deviation of about 9,000
    }

    @Test
    void whatIsUnlikeTheTrainingRowsIsStrange() throws Exception {
        Spec spec = TableExample.spec(
                folder, "anomaly", "[]", "model: {type: autoencoder, hidden_sizes: [8, 3], contamination: 0.1}", QUICK);
        Dataset dataset = TableExample.dataset(spec, folder);
        ModelPackage model = TableExample.trained(spec, dataset, folder);
        Answered usual = Answered.of(model, dataset);
        long called = usual.answers().stream()
                .filter(answer -> ((Prediction.Anomaly) answer).anomalous())
                .count();
        assertThat((double) called / usual.answers().size()).isCloseTo(0.1, within(0.1));
        Map<String, String> odd = new HashMap<>(usual.inputs().getFirst());
        odd.put("age", "400");
        odd.put("income", "-90000");
        try (Runtime runtime = Runtimes.open(model, 1, 4)) {
            Prediction.Anomaly answer =
                    (Prediction.Anomaly) runtime.predict(List.of(odd)).getFirst();
            assertThat(answer.anomalous()).isTrue();
            assertThat(answer.score())
                    .isGreaterThan(((Target.Strangeness) model.features().target()).threshold());
        }
    }
}
