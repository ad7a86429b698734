package dev.sampan.studio;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.Spec;
import dev.sampan.studio.internal.CompressStage;
import dev.sampan.studio.internal.DataStage;
import dev.sampan.studio.internal.EvaluateStage;
import dev.sampan.studio.internal.ExplainStage;
import dev.sampan.studio.internal.StageCache;
import dev.sampan.studio.internal.TrainStage;
import dev.sampan.studio.internal.TryingTrainer;
import dev.sampan.studio.internal.ValidationJudge;
import java.nio.file.Path;
import java.util.List;

/// The part of the road that needs no platform: files in, files out. The command line's local verbs walk it alone; the
/// studio walks it as the first stages of a run. Results are kept under `home/stages` by what they were made from, so
/// that equal work is done once.
public final class Road {
    private static final Ulid NOBODY = new Ulid(0, 0);

    private final List<Stage> stages;

    public Road(Path home, Trainer trainer) {
        StageCache cache = new StageCache(home.resolve("stages"));
        stages = List.of(
                new DataStage(cache),
                new TrainStage(cache, new TryingTrainer(trainer, new ValidationJudge()), home.resolve("work")),
                new EvaluateStage(cache),
                new ExplainStage(cache),
                new CompressStage(cache));
    }

    /// In order.
    public List<Stage> stages() {
        return stages;
    }

    /// From the first stage to the named one.
    public Voyage walk(Spec spec, StageName last, StageProgress progress) {
        Voyage voyage = new Voyage(Ulid.next(), new TenantId(NOBODY), new ActorId(NOBODY), spec, null, null, null);
        for (Stage stage : stages) {
            if (stage.name().compareTo(last) <= 0) {
                voyage = stage.run(voyage, progress).voyage();
            }
        }
        return voyage;
    }
}
