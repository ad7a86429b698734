package dev.sampan.training.internal;

import dev.sampan.compute.Lanes;
import dev.sampan.compute.Weights;
import dev.sampan.data.Dataset;
import dev.sampan.data.SubwordFeatures;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.model.Encoder;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.OutputProblem;
import dev.sampan.model.PackageDraft;
import dev.sampan.network.families.PretrainedNetwork;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.TrainSpec;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From a data set to the package of a pretrained encoder that learnt with its head.
public final class FineTuneRun {
    private final TrainingJob job;
    private final ModelSpec.Pretrained model;
    private final Audience audience;
    private final Progress progress;

    /// What is taught, and what it came from.
    ///
    /// @param source for the key of the run and the manifest
    /// @param licences of the weights, where they are known
    /// @param encoder that it is, when it came with Sampan
    private record Pupil(
            PretrainedNetwork network,
            String tokenizer,
            String source,
            List<String> licences,
            @Nullable Encoder encoder) {}

    public FineTuneRun(TrainingJob job, ModelSpec.Pretrained model, Audience audience) {
        this.job = job;
        this.model = model;
        this.audience = audience;
        progress = audience.progress();
    }

    public ModelPackage run() {
        Dataset dataset = job.dataset();
        progress.at("fit", 0, 1, "");
        Pupil pupil = model.isFolder() ? fromFolder(dataset.labels()) : bundled(dataset.labels());
        SubwordFeatures features = new SubwordFeatures(
                dataset.inputs(),
                dataset.labels(),
                job.spec().data().clean(),
                pupil.tokenizer,
                Math.min(model.maxLength(), pupil.network.placesMax()));
        progress.at("fit", 1, 1, pupil.source);
        TrainSpec train = job.spec().train();
        TrainSpec taught = train.withLayers(train.layers().alsoFrozen(frozen(pupil.network.weights())));
        Checkpoint checkpoint = Checkpoints.of(job, key(taught, features, pupil));
        try (PackageDraft draft = PackageDraft.create(job.out(), job.force());
                Tokens tokens = Tokens.of(job, features, progress);
                Lanes lanes = new Lanes(job.threads())) {
            if (pupil.encoder != null) {
                Path vectors = Encoders.vectors(job, features, pupil.encoder);
                new FirstHead(job, tokens, lanes).fit(pupil.network, pupil.encoder, vectors, audience);
            }
            Map<String, Long> counts = tokens.train().labelCounts(features.labels());
            Lesson lesson = lesson(pupil, features, tokens, counts);
            RunState end = new TrainingLoop(lesson, taught, checkpoint, audience).run(lanes);
            progress.at("package", 0, 1, "");
            Map<String, Object> facts = PackageFiles.facts(job, tokens.train().rows(), end);
            facts.put("encoder", pupil.source);
            ModelPackage made = PackageFiles.of("pretrained", features, pupil.network, facts)
                    .with(pupil.licences)
                    .commit(draft, job, counts);
            checkpoint.delete();
            progress.at("package", 1, 1, "");
            return made;
        } catch (IOException e) {
            throw OutputProblem.of(job.work(), e);
        }
    }

    private Pupil bundled(List<String> labels) {
        Encoder encoder = Encoders.named(job, model.nameOrPath());
        return new Pupil(
                PretrainedNetwork.classifier(encoder, labels, seed()),
                encoder.tokenizerJson(),
                encoder.name(),
                List.of(encoder.name() + ", " + encoder.licence() + ", " + encoder.source()),
                encoder);
    }

    private Pupil fromFolder(List<String> labels) {
        Path folder = job.spec().folder().resolve(model.nameOrPath());
        if (!Files.isDirectory(folder)) {
            throw new ProblemException(
                    Problem.of("training.no_model", "There is no folder '" + model.nameOrPath() + "' to start from")
                            .at("model.model_name_or_path")
                            .remedy("Name a folder with config.json, model.safetensors and tokenizer.json"));
        }
        PretrainedNetwork network = PretrainedNetwork.classifier(folder, labels, seed());
        try {
            return new Pupil(
                    network, Files.readString(folder.resolve("tokenizer.json")), model.nameOrPath(), List.of(), null);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("training.no_tokenizer", "The model's tokenizer.json cannot be read")
                            .at(folder.toString())
                            .remedy("In Python: AutoTokenizer.from_pretrained(…).save_pretrained(folder)"),
                    e);
        }
    }

    private long seed() {
        return job.spec().train().seed();
    }

    private Lesson lesson(Pupil pupil, SubwordFeatures features, Tokens tokens, Map<String, Long> counts) {
        TokenStore validation = tokens.validation();
        return new Lesson(
                pupil.network,
                ClassObjective.of(job.spec().train().losses(), features.labels(), counts),
                new TextExamples(tokens.train(), RareTokens.NONE),
                validation == null ? null : new TextExamples(validation, RareTokens.NONE),
                new ClassExaminer(features.labels().size()));
    }

    /// Names of the weights that stay as they are.
    private List<String> frozen(Weights weights) {
        List<String> names = weights.slots().stream().map(Weights.Slot::name).toList();
        return switch (model.finetuning()) {
            case FULL -> List.of();
            case FROZEN -> names.stream().filter(name -> !isHead(name)).toList();
            case FREEZE -> {
                int layers = names.stream().mapToInt(FineTuneRun::layer).max().orElse(-1) + 1;
                int first = layers - model.trainableLayers();
                yield names.stream()
                        .filter(name -> layer(name) >= 0 ? layer(name) < first : name.contains("embeddings."))
                        .toList();
            }
        };
    }

    private static boolean isHead(String name) {
        return name.startsWith("classifier.");
    }

    /// Number of the encoder's layer that a weight belongs to; -1 for none.
    private static int layer(String name) {
        String before = "encoder.layer.";
        int at = name.indexOf(before);
        if (at < 0) {
            return -1;
        }
        String rest = name.substring(at + before.length());
        return Integer.parseInt(rest.substring(0, rest.indexOf('.')));
    }

    private String key(TrainSpec train, SubwordFeatures features, Pupil pupil) {
        return RunKey.of(
                train, job.dataset().version().toString(), FeatureKey.of(features), model.toString(), pupil.source);
    }
}
