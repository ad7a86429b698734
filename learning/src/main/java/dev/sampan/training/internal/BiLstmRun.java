package dev.sampan.training.internal;

import dev.sampan.compute.Lanes;
import dev.sampan.data.Dataset;
import dev.sampan.data.TokenFeatures;
import dev.sampan.kernel.Progress;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.OutputProblem;
import dev.sampan.model.PackageDraft;
import dev.sampan.network.BiLstmClassifier;
import dev.sampan.network.BiLstmConfig;
import dev.sampan.network.Network;
import dev.sampan.spec.ModelSpec;
import dev.sampan.training.TrainingJob;
import dev.sampan.training.loop.Audience;
import dev.sampan.training.loop.Checkpoint;
import dev.sampan.training.loop.ClassExaminer;
import dev.sampan.training.loop.ClassObjective;
import dev.sampan.training.loop.Lesson;
import dev.sampan.training.loop.RunKey;
import dev.sampan.training.loop.RunState;
import dev.sampan.training.loop.TrainingLoop;
import java.io.IOException;
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
                Lanes lanes = new Lanes(job.threads())) {
            BiLstmClassifier network =
                    new BiLstmClassifier(config(features), job.spec().train().seed());
            Map<String, Long> counts = tokens.train().labelCounts(features.labels());
            Lesson lesson = lesson(network, features, tokens, counts);
            RunState end = new TrainingLoop(lesson, job.spec().train(), checkpoint, audience).run(lanes);
            progress.at("package", 0, 1, "");
            Map<String, Object> facts = PackageFiles.facts(job, tokens.train().rows(), end);
            ModelPackage made =
                    PackageFiles.of("bilstm", features, network, facts).commit(draft, job, counts);
            checkpoint.delete();
            progress.at("package", 1, 1, "");
            return made;
        } catch (IOException e) {
            throw OutputProblem.of(job.work(), e);
        }
    }

    private Lesson lesson(Network network, TokenFeatures features, Tokens tokens, Map<String, Long> counts) {
        RareTokens rare = RareTokens.of(tokens.train(), features.vocabulary().size() + 2);
        TokenStore validation = tokens.validation();
        return new Lesson(
                network,
                ClassObjective.of(job.spec().train().losses(), features.labels(), counts),
                new TextExamples(tokens.train(), rare),
                validation == null ? null : new TextExamples(validation, rare),
                new ClassExaminer(features.labels().size()));
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

    /// Names what is trained on what.
    private String key(TokenFeatures features) {
        return RunKey.of(
                job.spec().train(), job.dataset().version().toString(), FeatureKey.of(features), model.toString());
    }
}
