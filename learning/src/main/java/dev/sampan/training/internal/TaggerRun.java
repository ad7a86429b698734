package dev.sampan.training.internal;

import dev.sampan.compute.Lanes;
import dev.sampan.data.Dataset;
import dev.sampan.data.Split;
import dev.sampan.data.TagFeatures;
import dev.sampan.kernel.Progress;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.OutputProblem;
import dev.sampan.model.PackageDraft;
import dev.sampan.network.Objective;
import dev.sampan.network.Tagger;
import dev.sampan.network.objectives.Crf;
import dev.sampan.network.objectives.CrossEntropy;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.TrainSpec;
import dev.sampan.training.TrainingJob;
import dev.sampan.training.loop.Audience;
import dev.sampan.training.loop.Checkpoint;
import dev.sampan.training.loop.Lesson;
import dev.sampan.training.loop.RunKey;
import dev.sampan.training.loop.RunState;
import dev.sampan.training.loop.TrainingLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From a data set with spans to the package of a tagger.
public final class TaggerRun {
    private final TrainingJob job;
    private final ModelSpec.BiLstmCrf model;
    private final Audience audience;
    private final Progress progress;

    public TaggerRun(TrainingJob job, ModelSpec.BiLstmCrf model, Audience audience) {
        this.job = job;
        this.model = model;
        this.audience = audience;
        progress = audience.progress();
    }

    public ModelPackage run() {
        Tokens.needRows(job.dataset());
        progress.at("fit", 0, 1, "");
        TagFeatures features = TagFeatures.fit(job.dataset(), model);
        progress.at("fit", 1, 1, features.vocabularies().tokens().size() + " tokens");
        Checkpoint checkpoint = Checkpoints.of(job, key(features));
        try (PackageDraft draft = PackageDraft.create(job.out(), job.force());
                TagStore train = store(Split.TRAIN, features);
                Closing validation = new Closing(
                        job.dataset().count(Split.VALIDATION) > 0 ? store(Split.VALIDATION, features) : null);
                Lanes lanes = new Lanes(job.threads())) {
            Tagger network = new Tagger(shape(features), job.spec().train().seed());
            Lesson lesson = lesson(network, features, train, validation.store());
            RunState end = new TrainingLoop(lesson, job.spec().train(), checkpoint, audience).run(lanes);
            progress.at("package", 0, 1, "");
            Map<String, Object> facts = PackageFiles.facts(job, train.rows(), end);
            facts.put("spans_left_out", train.leftOut());
            ModelPackage made = PackageFiles.of(
                            "bilstm_crf", features.withTransitions(network.transitions()), network, facts)
                    .commit(draft, job, counts(job.dataset()));
            checkpoint.delete();
            progress.at("package", 1, 1, "");
            return made;
        } catch (IOException e) {
            throw OutputProblem.of(job.work(), e);
        }
    }

    /// A store or none, closed where there is one.
    private record Closing(@Nullable TagStore store) implements AutoCloseable {
        @Override
        public void close() {
            if (store != null) {
                store.close();
            }
        }
    }

    private TagStore store(Split split, TagFeatures features) throws IOException {
        Path folder = job.work().resolve("tags");
        Files.createDirectories(folder);
        return TagStore.of(job.dataset(), split, features, folder, progress);
    }

    private Lesson lesson(Tagger network, TagFeatures features, TagStore train, @Nullable TagStore validation) {
        List<String> tags = features.target().tags();
        Objective objective = model.crf() ? new Crf(tags.size()) : new CrossEntropy();
        return new Lesson(
                network,
                objective,
                TagExamples.learning(train, sizes(features)),
                validation == null ? null : new TagExamples(validation, List.of()),
                new SpanExaminer(tags, model.crf(), objective));
    }

    private static List<Integer> sizes(TagFeatures features) {
        TagFeatures.Vocabularies all = features.vocabularies();
        return List.of(
                all.tokens().size() + 2, all.pairs().size() + 2, all.words().size() + 2);
    }

    private Tagger.Shape shape(TagFeatures features) {
        List<Integer> sizes = sizes(features);
        boolean words = !features.vocabularies().words().isEmpty();
        List<Tagger.Stream> streams = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            if (i < 2 || words) {
                int width = i == 0 ? model.embeddingSize() : Math.max(4, model.embeddingSize() / 2);
                streams.add(new Tagger.Stream(TagExamples.INPUTS.get(i), sizes.get(i), width));
            }
        }
        return new Tagger.Shape(
                streams,
                words ? List.of() : List.of(TagFeatures.WORD_IDS),
                model.hiddenSize(),
                model.dropout(),
                features.target().tags(),
                model.crf(),
                model.maxLength());
    }

    /// Spans of each kind, as the data set counted them.
    private static Map<String, Long> counts(Dataset dataset) {
        Map<String, Long> counts = new HashMap<>();
        dataset.labels()
                .forEach(label ->
                        counts.put(label, dataset.quality().labelCounts().getOrDefault(label, 0L)));
        return counts;
    }

    private String key(TagFeatures features) {
        TrainSpec train = job.spec().train();
        return RunKey.of(train, job.dataset().version().toString(), FeatureKey.of(features), model.toString());
    }
}
