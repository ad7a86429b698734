package dev.sampan.training.internal;

import dev.sampan.data.Dataset;
import dev.sampan.data.TokenFeatures;
import dev.sampan.kernel.Progress;
import dev.sampan.kernel.Sha256;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.OutputProblem;
import dev.sampan.model.PackageDraft;
import dev.sampan.network.BiLstmClassifier;
import dev.sampan.network.BiLstmConfig;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.TrainSpec;
import dev.sampan.training.TrainingJob;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// From a data set to the package of a BiLSTM classifier.
public final class BiLstmRun {
    private final TrainingJob job;
    private final ModelSpec.BiLstm model;
    private final Audience audience;
    private final Progress progress;

    public BiLstmRun(TrainingJob job, ModelSpec.BiLstm model, Audience audience) {
        this.job = job;
        this.model = model;
        this.audience = audience;
        progress = audience.progress();
    }

    public ModelPackage run() {
        Dataset dataset = job.dataset();
        progress.at("fit", 0, 1, "");
        TokenFeatures features = TokenFeatures.fit(dataset, job.spec().data().clean(), model);
        progress.at("fit", 1, 1, features.vocabulary().size() + " tokens");
        Checkpoint checkpoint = new Checkpoint(job.work().resolve("checkpoint"), key(features));
        try (PackageDraft draft = PackageDraft.create(job.out(), job.force());
                Tokens tokens = Tokens.of(job, features, progress);
                Lanes lanes = new Lanes(job.threads());
                BiLstmClassifier network = new BiLstmClassifier(
                        config(features), job.spec().train().seed())) {
            RunState end = new BiLstmTraining(network, tokens, job.spec().train(), checkpoint, audience).run(lanes);
            progress.at("package", 0, 1, "");
            ModelPackage made = files(features, network, tokens, end).commit(draft, job, tokens.train());
            checkpoint.delete();
            progress.at("package", 1, 1, "");
            return made;
        } catch (IOException e) {
            throw OutputProblem.of(job.work(), e);
        }
    }

    private BiLstmConfig config(TokenFeatures features) {
        return new BiLstmConfig(
                features.vocabulary().size() + 2,
                model.embeddingSize(),
                model.hiddenSize(),
                model.denseSize(),
                model.dropout(),
                model.maxLength(),
                features.labels());
    }

    private PackageFiles files(TokenFeatures features, BiLstmClassifier network, Tokens tokens, RunState end) {
        Map<String, Object> facts = PackageFiles.facts(job, tokens.train(), end.seconds(), end.cpuSeconds());
        facts.put("epochs", end.epoch() - 1);
        facts.put("best_epoch", end.bestEpoch());
        facts.put("history", end.history());
        return new PackageFiles(
                "bilstm",
                features,
                network.onnx(),
                network.weights(),
                network.config().toTree(),
                facts,
                List.of());
    }

    /// Names what is trained on what. How long training may go on is not part of it: a run may be taken up with more.
    private String key(TokenFeatures features) {
        TrainSpec train = job.spec().train();
        return Sha256.of(job.dataset().version() + "\n" + FeatureKey.of(features) + "\n" + model + "\n"
                        + List.of(
                                train.batchSize(),
                                train.learningRate(),
                                train.weightDecay(),
                                train.maxGradNorm(),
                                train.metricForBest(),
                                train.seed()))
                .hex();
    }
}
