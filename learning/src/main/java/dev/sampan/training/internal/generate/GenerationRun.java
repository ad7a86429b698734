package dev.sampan.training.internal.generate;

import dev.sampan.compute.Lanes;
import dev.sampan.data.Dataset;
import dev.sampan.data.SampleFeatures;
import dev.sampan.data.Split;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.OutputProblem;
import dev.sampan.model.PackageDraft;
import dev.sampan.network.Network;
import dev.sampan.network.adversarial.AdversarialLoss;
import dev.sampan.network.adversarial.Critic;
import dev.sampan.spec.GanSpec;
import dev.sampan.spec.Task;
import dev.sampan.spec.TrainSpec;
import dev.sampan.training.TrainingJob;
import dev.sampan.training.internal.Checkpoints;
import dev.sampan.training.internal.PackageFiles;
import dev.sampan.training.loop.AdversarialLoop;
import dev.sampan.training.loop.Audience;
import dev.sampan.training.loop.Checkpoint;
import dev.sampan.training.loop.Duel;
import dev.sampan.training.loop.RunKey;
import dev.sampan.training.loop.RunState;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// From a data set of pictures or rows to the package of a generator. The critic's weights lie beside the
/// generator's in `model.safetensors`; the graph is the generator alone.
public final class GenerationRun {
    private final TrainingJob job;
    private final GanSpec gan;
    private final Audience audience;
    private final Dataset dataset;

    public GenerationRun(TrainingJob job, GanSpec gan, Audience audience) {
        this.job = job;
        this.gan = gan;
        this.audience = audience;
        dataset = job.dataset();
    }

    /// @throws ProblemException `training.no_rows`, `training.diverged`, and what fitting the columns refuses
    public ModelPackage run() {
        if (dataset.count(Split.TRAIN) == 0) {
            throw new ProblemException(Problem.of("training.no_rows", "No row is left to learn from"));
        }
        try (PackageDraft draft = PackageDraft.create(job.out(), job.force());
                Lanes lanes = new Lanes(job.threads());
                Material material = material(lanes)) {
            return learn(draft, lanes, material);
        } catch (IOException e) {
            throw OutputProblem.of(job.work(), e);
        }
    }

    private Material material(Lanes lanes) throws IOException {
        return job.spec().task() == Task.IMAGE_GENERATION
                ? PictureMaterial.of(job, gan, lanes, audience.progress())
                : TableMaterial.of(job, gan, audience.progress());
    }

    private ModelPackage learn(PackageDraft draft, Lanes lanes, Material material) throws IOException {
        TrainSpec spec = job.spec().train();
        Map<String, Long> counts = counts(material);
        SampleFeatures features = features(material, counts);
        Network generator = material.generator(features);
        Critic critic = material.critic(features);
        Duel duel = new Duel(
                generator,
                critic,
                new AdversarialLoss(AdversarialLoss.Kind.valueOf(gan.loss().name()), gan.penalty()),
                gan.criticSteps(),
                gan.latentDim(),
                features.choices(),
                material.train());
        String key = RunKey.of(spec, dataset.version().toString(), material.key(), gan.toString());
        Checkpoint checkpoint = Checkpoints.of(job, key);
        RunState end = new AdversarialLoop(duel, spec, checkpoint, audience).run(lanes);
        audience.progress().at("package", 0, 1, "");
        Map<String, Object> facts = PackageFiles.facts(job, dataset.count(Split.TRAIN), end);
        facts.put(Manifest.NEAREST, NearestRows.of(features, generator, material));
        PackageFiles files = new PackageFiles(
                "gan",
                features,
                generator.onnx(),
                List.of(generator.weights(), critic.weights()),
                generator.config(),
                facts,
                List.of());
        ModelPackage made = files.commit(draft, job, counts);
        checkpoint.delete();
        audience.progress().at("package", 1, 1, "");
        return made;
    }

    /// Training rows of each label.
    private Map<String, Long> counts(Material material) {
        Map<String, Long> counts = new HashMap<>();
        dataset.labels().forEach(label -> counts.put(label, 0L));
        IntStream.range(0, material.train().rows())
                .map(material::label)
                .filter(label -> label >= 0)
                .forEach(label -> counts.merge(dataset.labels().get(label), 1L, Long::sum));
        return counts;
    }

    private SampleFeatures features(Material material, Map<String, Long> counts) {
        List<String> labels = dataset.labels();
        double rows = counts.values().stream().mapToLong(Long::longValue).sum();
        List<Double> shares = labels.stream()
                .map(label -> counts.getOrDefault(label, 0L) / Math.max(1, rows))
                .toList();
        return new SampleFeatures(
                gan.latentDim(), labels.isEmpty() ? null : dataset.output(), labels, shares, material.target());
    }
}
