package dev.sampan.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.data.Dataset;
import dev.sampan.kernel.Progress;
import dev.sampan.model.ModelPackage;
import dev.sampan.spec.Spec;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextNetworkTrainingTests {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: textcnn, embedding_size: 16, num_filters: 8, dropout: 0.1}",
                "{type: gru, embedding_size: 16, hidden_size: 8, dense_size: 8, dropout: 0.1}",
                "{type: lstm, attention: true, embedding_size: 16, hidden_size: 16, dense_size: 8, dropout: 0}",
                "{type: rnn, bidirectional: false, embedding_size: 16, hidden_size: 16, dense_size: 8, dropout: 0}"
            })
    void learnsAndIsServed(String model) throws IOException {
        Spec spec = Example.spec(
                folder,
                model,
                "train.learning_rate=" + (model.contains("attention") ? 0.005 : 0.02),
                "train.num_train_epochs=30",
                "train.early_stopping_patience=30");
        Dataset dataset = Example.dataset(spec, folder.resolve("data"));
        TrainingJob job = new TrainingJob(spec, dataset, folder.resolve("out"), false, folder.resolve("work"), 1);

        ModelPackage made = Training.train(job, Progress.NONE, MetricListener.NONE);

        assertThat(model).contains("type: " + made.manifest().architecture());
        assertThat(Served.accuracy(made, dataset)).isGreaterThan(0.9);
    }
}
