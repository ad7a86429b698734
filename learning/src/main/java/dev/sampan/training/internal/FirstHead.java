package dev.sampan.training.internal;

import dev.sampan.compute.Lanes;
import dev.sampan.compute.Weights;
import dev.sampan.model.Encoder;
import dev.sampan.network.families.PretrainedNetwork;
import dev.sampan.training.TrainingJob;
import dev.sampan.training.loop.Audience;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Where a head begins that is to be taught together with its encoder: at the minimum for the encoder as it
/// is. From random numbers its first gradients would tear at an encoder that was good already (Kumar et al.
/// 2022, Fine-Tuning can Distort Pretrained Features and Underperform Out-of-Distribution).
///
/// The strength of the penalty is chosen on validation rows where there are some; they teach nothing here, for
/// the loop is to be judged by them.
final class FirstHead {
    private final TrainingJob job;
    private final Tokens tokens;
    private final Lanes lanes;

    FirstHead(TrainingJob job, Tokens tokens, Lanes lanes) {
        this.job = job;
        this.tokens = tokens;
        this.lanes = lanes;
    }

    /// @param folder of the vectors, which are kept
    /// @param network whose vectors are the encoder's, and whose head is set
    void fit(PretrainedNetwork network, Encoder encoder, Path folder, Audience audience) throws IOException {
        int labels = job.dataset().labels().size();
        try (Vectors vectors = Vectors.of(tokens, encoder, lanes, folder, audience.progress())) {
            double lambda = HeadTraining.choosing(vectors, job.spec().train(), lanes)
                    .run(labels)
                    .lambda();
            LinearHead head =
                    LinearHead.zero(labels, vectors.train().dimension()).fit(List.of(vectors.train()), lambda, lanes);
            put(head.weight(), network.weights(), "classifier.weight");
            put(head.bias(), network.weights(), "classifier.bias");
        }
    }

    private static void put(float[] values, Weights weights, String name) {
        Weights.Slot slot = weights.slot(name);
        if (values.length != slot.size()) {
            throw new IllegalArgumentException(values.length + " values for " + name + " of " + slot.size());
        }
        System.arraycopy(values, 0, weights.values(), slot.offset(), values.length);
    }
}
