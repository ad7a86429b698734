package dev.sampan.training.internal;

import dev.sampan.data.SubwordFeatures;
import dev.sampan.data.TokenFeatures;
import dev.sampan.model.Encoder;
import dev.sampan.spec.ModelSpec;
import dev.sampan.training.TrainingJob;
import java.nio.file.Path;

/// Which bundled encoder a specification means.
final class Encoders {
    private static final String AUTO = "auto";

    private Encoders() {}

    /// @param name of an encoder, or `auto` for the one of the data's language
    /// @throws dev.sampan.kernel.ProblemException `model.unknown_encoder`
    static Encoder named(TrainingJob job, String name) {
        return Encoder.named(name.equals(AUTO) ? fitting(job) : name);
    }

    /// The encoder of the data's language: Chinese when its letters are mostly Chinese, Japanese or Korean.
    private static String fitting(TrainingJob job) {
        ModelSpec.BiLstm any = new ModelSpec.BiLstm(ModelSpec.Tokenizer.AUTO, 100, 4, 4, 4, 4, 0);
        boolean characters =
                TokenFeatures.fit(job.dataset(), job.spec().data().clean(), any).tokenizer()
                        == ModelSpec.Tokenizer.CHARACTERS;
        String language = characters ? "zh" : "en";
        return Encoder.all().stream()
                .filter(encoder -> encoder.language().equals(language))
                .map(Encoder::name)
                .findFirst()
                .orElseThrow();
    }

    /// Where the vectors of a data set's texts are kept.
    static Path vectors(TrainingJob job, SubwordFeatures features, Encoder encoder) {
        return job.work()
                .resolve("vectors")
                .resolve(job.dataset().version().hex().substring(0, 16) + "-" + FeatureKey.of(features) + "-"
                        + encoder.name());
    }
}
