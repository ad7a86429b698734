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
import dev.sampan.network.RecurrentClassifier;
import dev.sampan.network.TextCnn;
import dev.sampan.network.layers.Recurrent;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.ModelSpec.TokenSpec;
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
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/// From a data set to the package of a network over tokens.
public final class TextClassifierRun {
    /// Which network is taught.
    ///
    /// @param architecture name in the package
    /// @param spec names the network in a checkpoint
    public record Plan(
            String architecture, ModelSpec spec, TokenSpec tokens, BiFunction<TokenFeatures, Long, Network> network) {
        /// Of an LSTM in both directions with the maximum over time.
        public static Plan of(ModelSpec.BiLstm model) {
            return new Plan(
                    "bilstm",
                    model,
                    model.tokens(),
                    (features, seed) -> new BiLstmClassifier(
                            new BiLstmConfig(
                                    ids(features),
                                    model.embeddingSize(),
                                    model.hiddenSize(),
                                    model.denseSize(),
                                    model.dropout(),
                                    model.maxLength(),
                                    features.labels()),
                            seed));
        }

        /// Of the recurrent networks.
        public static Plan of(ModelSpec.Recurrent model) {
            ModelSpec.RecurrentSpec layers = model.layers();
            Recurrent.Kind kind = switch (model) {
                case ModelSpec.Rnn _ -> Recurrent.Kind.RNN;
                case ModelSpec.Lstm _ -> Recurrent.Kind.LSTM;
                case ModelSpec.Gru _ -> Recurrent.Kind.GRU;
            };
            return new Plan(
                    kind.name().toLowerCase(Locale.ROOT),
                    model,
                    layers.tokens(),
                    (features, seed) -> new RecurrentClassifier(
                            new RecurrentClassifier.Shape(
                                    kind,
                                    layers.bidirectional(),
                                    layers.attention(),
                                    ids(features),
                                    layers.embeddingSize(),
                                    layers.hiddenSize(),
                                    layers.denseSize(),
                                    layers.dropout(),
                                    layers.tokens().maxLength(),
                                    features.labels()),
                            seed));
        }

        /// Of filters over tokens.
        public static Plan of(ModelSpec.TextCnn model) {
            return new Plan(
                    "textcnn",
                    model,
                    model.tokens(),
                    (features, seed) -> new TextCnn(
                            new TextCnn.Shape(
                                    ids(features),
                                    model.embeddingSize(),
                                    model.kernelSizes(),
                                    model.filters(),
                                    model.dropout(),
                                    model.tokens().maxLength(),
                                    features.labels()),
                            seed));
        }

        /// Padding and unknown among them.
        private static int ids(TokenFeatures features) {
            return features.vocabulary().size() + 2;
        }
    }

    private final TrainingJob job;
    private final Plan plan;
    private final Audience audience;
    private final Progress progress;

    public TextClassifierRun(TrainingJob job, Plan plan, Audience audience) {
        this.job = job;
        this.plan = plan;
        this.audience = audience;
        progress = audience.progress();
    }

    public ModelPackage run() {
        Dataset dataset = job.dataset();
        progress.at("fit", 0, 1, "");
        TokenFeatures features = TokenFeatures.fit(dataset, job.spec().data().clean(), plan.tokens());
        progress.at("fit", 1, 1, features.vocabulary().size() + " tokens");
        Checkpoint checkpoint = Checkpoints.of(job, key(features));
        try (PackageDraft draft = PackageDraft.create(job.out(), job.force());
                Tokens tokens = Tokens.of(job, features, progress);
                Lanes lanes = new Lanes(job.threads())) {
            Network network = plan.network().apply(features, job.spec().train().seed());
            Map<String, Long> counts = tokens.train().labelCounts(features.labels());
            Lesson lesson = lesson(network, features, tokens, counts);
            RunState end = new TrainingLoop(lesson, job.spec().train(), checkpoint, audience).run(lanes);
            progress.at("package", 0, 1, "");
            Map<String, Object> facts = PackageFiles.facts(job, tokens.train().rows(), end);
            ModelPackage made = PackageFiles.of(plan.architecture(), features, network, facts)
                    .commit(draft, job, counts);
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

    /// Names what is trained on what.
    private String key(TokenFeatures features) {
        return RunKey.of(
                job.spec().train(),
                job.dataset().version().toString(),
                FeatureKey.of(features),
                plan.spec().toString());
    }
}
