package dev.sampan.training.internal;

import dev.sampan.compute.Lanes;
import dev.sampan.data.Dataset;
import dev.sampan.data.NgramFeatures;
import dev.sampan.data.SubwordFeatures;
import dev.sampan.kernel.Progress;
import dev.sampan.model.Encoder;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.OutputProblem;
import dev.sampan.model.PackageDraft;
import dev.sampan.network.EncoderClassifier;
import dev.sampan.network.NgramClassifier;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.TrainSpec;
import dev.sampan.training.TrainingJob;
import dev.sampan.training.loop.Audience;
import dev.sampan.training.loop.Scores;
import dev.sampan.training.loop.Stopwatch;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// From a data set to the package of a frozen encoder with a linear head.
public final class PretrainedRun {
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
        Encoder encoder = Encoders.named(job, model.nameOrPath());
        SubwordFeatures features = new SubwordFeatures(
                dataset.inputs(),
                dataset.labels(),
                job.spec().data().clean(),
                encoder.tokenizerJson(),
                model.maxLength());
        try (PackageDraft draft = PackageDraft.create(job.out(), job.force());
                Tokens tokens = Tokens.of(job, features, progress);
                Lanes lanes = new Lanes(job.threads());
                Vectors vectors =
                        Vectors.of(tokens, encoder, lanes, Encoders.vectors(job, features, encoder), progress)) {
            Found found = found(features, vectors, lanes);
            progress.at("package", 0, 1, "");
            ModelPackage made =
                    files(features, encoder, found, tokens, watch.lap()).commit(draft, job, tokens.train());
            progress.at("package", 1, 1, "");
            return made;
        } catch (IOException e) {
            throw OutputProblem.of(job.work(), e);
        }
    }

    /// A head for the vectors alone, one for n-grams beside them, or both where validation is to choose.
    ///
    /// @param features of `grams`
    private record Found(
            HeadTraining.@Nullable Result alone,
            GramTraining.@Nullable Result grams,
            @Nullable NgramFeatures features) {
        /// N-grams make the package larger and answers slower: they stand where they answer better.
        boolean withGrams(TrainSpec.BestMetric metric) {
            if (alone == null || grams == null) {
                return grams != null;
            }
            Scores one = alone.scores();
            Scores other = grams.scores();
            return one != null && other != null && other.by(metric) > one.by(metric);
        }
    }

    private Found found(SubwordFeatures subwords, Vectors vectors, Lanes lanes) throws IOException {
        int labels = subwords.labels().size();
        HeadTraining.Result alone = model.ngrams() == ModelSpec.Ngrams.ALWAYS
                ? null
                : new HeadTraining(vectors, job, lanes, audience).run(labels);
        boolean wanted = model.ngrams() == ModelSpec.Ngrams.ALWAYS
                || (model.ngrams() == ModelSpec.Ngrams.AUTO && vectors.validation() != null);
        if (!wanted) {
            return new Found(alone, null, null);
        }
        NgramFeatures features = NgramFeatures.fit(
                        job.dataset(), job.spec().data().clean(), ModelSpec.NgramSpec.DEFAULT)
                .beside(subwords);
        try (GramStores grams = GramStores.of(job, features, progress)) {
            GramTraining.Result beside =
                    new GramTraining(grams, vectors, job, lanes, audience).run(labels, features.size());
            if (alone == null || grams.validation() == null || vectors.validation() == null) {
                return new Found(alone, beside, features);
            }
            TrainSpec.BestMetric metric = job.spec().train().metricForBest();
            GramTraining.Result apart =
                    new GramTraining(grams, null, job, lanes, audience).run(labels, features.size());
            GramRows judges = new GramRows(List.of(grams.validation()), List.of(vectors.validation()), 1);
            GramTraining.Result sum = HeadSum.of(apart, alone, judges, metric, lanes);
            return new Found(alone, better(sum, beside, metric) ? sum : beside, features);
        }
    }

    private static boolean better(GramTraining.Result one, GramTraining.Result other, TrainSpec.BestMetric metric) {
        Scores judged = one.scores();
        Scores before = other.scores();
        return judged != null && before != null && judged.betterThan(before, metric);
    }

    private PackageFiles files(
            SubwordFeatures subwords, Encoder encoder, Found found, Tokens tokens, Stopwatch.Lap time) {
        Map<String, Object> facts = PackageFiles.facts(job, tokens.train().rows(), time.wall(), time.cpu());
        facts.put("encoder", encoder.name());
        PackageFiles.fittedOn(facts, job, true);
        List<String> licences = List.of(encoder.name() + ", " + encoder.licence() + ", " + encoder.source());
        GramTraining.Result grams = found.grams();
        NgramFeatures features = found.features();
        HeadTraining.Result alone = found.alone();
        if (alone != null && alone.scores() != null && grams != null && grams.scores() != null) {
            facts.put("validation_accuracy_encoder", alone.scores().accuracy());
            facts.put("validation_accuracy_with_ngrams", grams.scores().accuracy());
        }
        if (grams != null
                && features != null
                && found.withGrams(job.spec().train().metricForBest())) {
            GramHead head = grams.head();
            facts.put("ngrams", features.size());
            facts.put("vector_factor", grams.factor());
            chosen(facts, grams.lambda(), grams.tried(), grams.history());
            NgramClassifier classifier = new NgramClassifier(
                    encoder,
                    features.labels(),
                    new NgramClassifier.Head(head.gramWeights(), head.vectorWeights(grams.factor()), head.bias()));
            return new PackageFiles(
                    "pretrained",
                    features,
                    classifier.onnx(),
                    List.of(classifier.weights()),
                    classifier.config(model.maxLength()),
                    facts,
                    licences);
        }
        Objects.requireNonNull(alone);
        chosen(facts, alone.lambda(), alone.tried(), alone.history());
        EncoderClassifier classifier = new EncoderClassifier(
                encoder, subwords.labels(), alone.head().weight(), alone.head().bias());
        return new PackageFiles(
                "pretrained",
                subwords,
                classifier.onnx(),
                List.of(classifier.weights()),
                classifier.config(model.maxLength()),
                facts,
                licences);
    }

    private static void chosen(Map<String, Object> facts, double lambda, int tried, List<Map<String, Double>> history) {
        facts.put("weight_decay", lambda);
        facts.put("epochs", history.size());
        facts.put("best_epoch", tried);
        facts.put("history", history);
    }
}
