package dev.sampan.training.internal;

import dev.sampan.data.Dataset;
import dev.sampan.data.SubwordFeatures;
import dev.sampan.data.TokenFeatures;
import dev.sampan.kernel.Progress;
import dev.sampan.model.Encoder;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.OutputProblem;
import dev.sampan.model.PackageDraft;
import dev.sampan.network.EncoderClassifier;
import dev.sampan.spec.ModelSpec;
import dev.sampan.training.TrainingJob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// From a data set to the package of a frozen encoder with a linear head.
public final class PretrainedRun {
    private static final String AUTO = "auto";

    private final TrainingJob job;
    private final ModelSpec.Pretrained model;
    private final Audience audience;
    private final Progress progress;

    public PretrainedRun(TrainingJob job, ModelSpec.Pretrained model, Audience audience) {
        this.job = job;
        this.model = model;
        this.audience = audience;
        progress = audience.progress();
    }

    public ModelPackage run() {
        Stopwatch watch = new Stopwatch();
        Dataset dataset = job.dataset();
        Encoder encoder = Encoder.named(model.nameOrPath().equals(AUTO) ? fitting() : model.nameOrPath());
        SubwordFeatures features = new SubwordFeatures(
                dataset.inputs(),
                dataset.labels(),
                job.spec().data().clean(),
                encoder.tokenizerJson(),
                model.maxLength());
        try (PackageDraft draft = PackageDraft.create(job.out(), job.force());
                Tokens tokens = Tokens.of(job, features, progress);
                Lanes lanes = new Lanes(job.threads());
                Vectors vectors = Vectors.of(tokens, encoder, lanes, folder(features, encoder), progress)) {
            HeadTraining.Result found = new HeadTraining(vectors, job.spec().train(), lanes, audience)
                    .run(dataset.labels().size());
            progress.at("package", 0, 1, "");
            ModelPackage made =
                    files(features, encoder, found, tokens, watch.lap()).commit(draft, job, tokens.train());
            progress.at("package", 1, 1, "");
            return made;
        } catch (IOException e) {
            throw OutputProblem.of(job.work(), e);
        }
    }

    /// The encoder of the data's language: Chinese when its letters are mostly Chinese, Japanese or Korean.
    private String fitting() {
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

    private Path folder(SubwordFeatures features, Encoder encoder) {
        return job.work()
                .resolve("vectors")
                .resolve(job.dataset().version().hex().substring(0, 16) + "-" + FeatureKey.of(features) + "-"
                        + encoder.name());
    }

    private PackageFiles files(
            SubwordFeatures features, Encoder encoder, HeadTraining.Result found, Tokens tokens, Stopwatch.Lap time) {
        LinearHead head = found.head();
        EncoderClassifier classifier = new EncoderClassifier(encoder, features.labels(), head.weight(), head.bias());
        Map<String, Object> facts = PackageFiles.facts(job, tokens.train(), time.wall(), time.cpu());
        facts.put("encoder", encoder.name());
        facts.put("weight_decay", found.lambda());
        facts.put("epochs", found.history().size());
        facts.put("best_epoch", found.tried());
        facts.put("history", found.history());
        facts.put("fitted_on", tokens.validation() == null ? "train" : "train and validation");
        return new PackageFiles(
                "pretrained",
                features,
                classifier.onnx(),
                classifier.weights(),
                classifier.config(model.maxLength()),
                facts,
                List.of(encoder.name() + ", " + encoder.licence() + ", " + encoder.source()));
    }
}
