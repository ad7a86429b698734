package dev.sampan.studio.internal;

import dev.sampan.data.Dataset;
import dev.sampan.model.ModelPackage;
import dev.sampan.studio.Stage;
import dev.sampan.studio.StageName;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Trainer;
import dev.sampan.studio.Voyage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// Blocks `model` and `train`: a data set → a model package, in a process of its own. After a crash it goes on
/// from the last checkpoint.
public final class TrainStage implements Stage {
    private final StageCache cache;
    private final Trainer trainer;
    private final Path work;

    public TrainStage(StageCache cache, Trainer trainer, Path work) {
        this.cache = cache;
        this.trainer = trainer;
        this.work = work;
    }

    @Override
    public StageName name() {
        return StageName.TRAIN;
    }

    @Override
    public Outcome run(Voyage voyage, StageProgress progress) {
        Dataset dataset = Objects.requireNonNull(voyage.dataset(), "the data stage comes first");
        Map<String, Object> madeFrom = Blocks.only(voyage.spec(), "name", "task", "data", "model", "train", "search");
        madeFrom.put("dataset", dataset.version().hex());
        StageCache.Key key = StageCache.key("train", madeFrom);
        Path checkpoints = work.resolve("train-" + key.hash().hex());
        StageCache.Found<ModelPackage> found = cache.get(
                key,
                progress,
                result -> opened(result, checkpoints),
                target -> trainer.train(
                        new Trainer.Order(Blocks.ofTheModel(voyage.spec()), dataset, target, checkpoints), progress));
        ModelPackage model = found.result();
        return new Outcome(
                voyage.with(model),
                found.cached(),
                Map.of(
                        "architecture", model.manifest().architecture(),
                        "epochs", model.manifest().training().getOrDefault("epochs", 0),
                        "seconds", model.manifest().training().getOrDefault("seconds", 0)));
    }

    /// Within the lock of the key: an equal run must not lose the checkpoints that it is writing.
    private static ModelPackage opened(Path result, Path checkpoints) {
        ModelPackage model = ModelPackage.open(result);
        forget(checkpoints);
        return model;
    }

    private static void forget(Path checkpoints) {
        try {
            if (Files.isDirectory(checkpoints)) {
                StageCache.delete(checkpoints);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoints of finished work cannot be deleted", e);
        }
    }
}
