package dev.sampan.studio.internal;

import dev.sampan.compression.Compressor;
import dev.sampan.compression.HeldOut;
import dev.sampan.compression.Receipt;
import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.Split;
import dev.sampan.model.ModelPackage;
import dev.sampan.studio.PackageResults;
import dev.sampan.studio.Stage;
import dev.sampan.studio.StageName;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Voyage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Block `compress`: makes the model smaller, or says why not; the receipt travels in the package.
public final class CompressStage implements Stage {
    private final StageCache cache;

    public CompressStage(StageCache cache) {
        this.cache = cache;
    }

    @Override
    public StageName name() {
        return StageName.COMPRESS;
    }

    @Override
    public Outcome run(Voyage voyage, StageProgress progress) {
        if (voyage.spec().compress().isEmpty()) {
            return new Outcome(voyage, false, Map.of("steps", 0));
        }
        ModelPackage model = Objects.requireNonNull(voyage.model(), "training comes first");
        Dataset dataset = Objects.requireNonNull(voyage.dataset(), "the data stage comes first");
        HeldOut heldOut = new HeldOut(
                dataset.output().isEmpty() ? null : Datasets.LABEL,
                () -> Datasets.calls(dataset, Split.TEST, model.features()));
        Map<String, Object> madeFrom = Blocks.only(voyage.spec(), "compress");
        madeFrom.put("model", model.version().hex());
        madeFrom.put("dataset", dataset.version().hex());
        StageCache.Found<ModelPackage> found = cache.get(
                StageCache.key("compress", madeFrom),
                progress,
                ModelPackage::open,
                target -> Compressor.compress(model, heldOut, voyage.spec().compress(), target, false, progress));
        return new Outcome(
                voyage.with(found.result()), found.cached(), figures(PackageResults.receipts(found.result())));
    }

    private static Map<String, Object> figures(List<Receipt> receipts) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("bytes_before", receipts.getFirst().before().modelBytes());
        figures.put("bytes_after", receipts.getLast().after().modelBytes());
        figures.put("outcome", receipts.getLast().outcome().name());
        return figures;
    }
}
