package dev.sampan.studio.internal;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.Split;
import dev.sampan.studio.Stage;
import dev.sampan.studio.StageName;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Voyage;
import java.util.Map;

/// Block `data`: files → checked, cleaned, split data set version. Known again by the names and the content of
/// the files, not by their folder or dates.
public final class DataStage implements Stage {
    private final StageCache cache;

    public DataStage(StageCache cache) {
        this.cache = cache;
    }

    @Override
    public StageName name() {
        return StageName.DATA;
    }

    @Override
    public Outcome run(Voyage voyage, StageProgress progress) {
        Map<String, Object> madeFrom = Blocks.only(voyage.spec(), "data");
        madeFrom.put("sources", Datasets.fingerprints(voyage.spec(), progress));
        StageCache.Found<Dataset> found = cache.get(
                StageCache.key("data", madeFrom),
                progress,
                Datasets::open,
                target -> Datasets.prepare(voyage.spec(), target, progress));
        Dataset dataset = found.result();
        return new Outcome(
                voyage.with(dataset),
                found.cached(),
                Map.of(
                        "train", dataset.rows().getOrDefault(Split.TRAIN, 0L),
                        "validation", dataset.rows().getOrDefault(Split.VALIDATION, 0L),
                        "test", dataset.rows().getOrDefault(Split.TEST, 0L),
                        "labels", dataset.labels().size(),
                        "findings", dataset.quality().findings().size()));
    }
}
