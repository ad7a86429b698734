package dev.sampan.training.internal;

import dev.sampan.compute.Lanes;
import dev.sampan.data.NgramFeatures;
import dev.sampan.kernel.Progress;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.OutputProblem;
import dev.sampan.model.PackageDraft;
import dev.sampan.network.NgramClassifier;
import dev.sampan.spec.ModelSpec;
import dev.sampan.training.TrainingJob;
import dev.sampan.training.loop.Audience;
import dev.sampan.training.loop.Stopwatch;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// From a data set to the package of a linear model over n-grams.
public final class NgramRun {
    private final TrainingJob job;
    private final ModelSpec.Ngram model;
    private final Audience audience;

    public NgramRun(TrainingJob job, ModelSpec.Ngram model, Audience audience) {
        this.job = job;
        this.model = model;
        this.audience = audience;
    }

    public ModelPackage run() {
        Progress progress = audience.progress();
        Stopwatch watch = new Stopwatch();
        progress.at("fit", 0, 1, "");
        Tokens.needRows(job.dataset());
        NgramFeatures features =
                NgramFeatures.fit(job.dataset(), job.spec().data().clean(), model.grams());
        progress.at("fit", 1, 1, features.size() + " n-grams");
        try (PackageDraft draft = PackageDraft.create(job.out(), job.force());
                GramStores grams = GramStores.of(job, features, progress);
                Lanes lanes = new Lanes(job.threads())) {
            GramTraining.Result found = new GramTraining(grams, null, job, lanes, audience)
                    .run(features.labels().size(), features.size());
            progress.at("package", 0, 1, "");
            ModelPackage made = files(features, found, grams, watch.lap()).commit(draft, job, grams.train());
            progress.at("package", 1, 1, "");
            return made;
        } catch (IOException e) {
            throw OutputProblem.of(job.work(), e);
        }
    }

    private PackageFiles files(
            NgramFeatures features, GramTraining.Result found, GramStores grams, Stopwatch.Lap time) {
        GramHead head = found.head();
        NgramClassifier classifier = new NgramClassifier(
                null, features.labels(), new NgramClassifier.Head(head.gramWeights(), new float[0], head.bias()));
        Map<String, Object> facts = PackageFiles.facts(job, grams.train().rows(), time.wall(), time.cpu());
        facts.put("ngrams", features.size());
        facts.put("weight_decay", found.lambda());
        facts.put("epochs", found.history().size());
        facts.put("best_epoch", found.tried());
        facts.put("history", found.history());
        PackageFiles.fittedOn(facts, job, true);
        return new PackageFiles(
                "ngram",
                features,
                classifier.onnx(),
                List.of(classifier.weights()),
                classifier.config(0),
                facts,
                List.of());
    }
}
