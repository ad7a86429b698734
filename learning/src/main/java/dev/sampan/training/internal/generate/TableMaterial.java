package dev.sampan.training.internal.generate;

import dev.sampan.data.SampleColumn;
import dev.sampan.data.SampleFeatures;
import dev.sampan.data.SampleTable;
import dev.sampan.data.Split;
import dev.sampan.data.Target;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Progress;
import dev.sampan.network.Network;
import dev.sampan.network.adversarial.Critic;
import dev.sampan.network.adversarial.TableCritic;
import dev.sampan.network.adversarial.TableGenerator;
import dev.sampan.network.adversarial.TableShape;
import dev.sampan.spec.GanSpec;
import dev.sampan.training.TrainingJob;
import dev.sampan.training.loop.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Columns of numbers and categories.
record TableMaterial(
        TrainingJob job,
        GanSpec gan,
        SampleTable table,
        @Nullable SampleTable heldOut) implements Material {
    static TableMaterial of(TrainingJob job, GanSpec gan, Progress progress) {
        Set<String> missing = Set.copyOf(job.spec().data().source().missingValues());
        SampleTable table = SampleTable.fit(job.dataset(), job.spec().data().inputFeatures(), missing, progress);
        SampleTable heldOut = job.dataset().count(Split.VALIDATION) == 0
                ? null
                : SampleTable.of(job.dataset(), Split.VALIDATION, table.columns(), missing, progress);
        return new TableMaterial(job, gan, table, heldOut);
    }

    @Override
    public Target.Samples target() {
        return new Target.Samples(table.columns());
    }

    @Override
    public Examples train() {
        return rows(table);
    }

    @Override
    public @Nullable Examples validation() {
        return heldOut == null ? null : rows(heldOut);
    }

    private Examples rows(SampleTable of) {
        return new RealRows(
                of.rows(), target().width(), job.dataset().labels().size(), row -> of.labels()[row], of::fill);
    }

    @Override
    public int label(int row) {
        return table.labels()[row];
    }

    private TableShape shape(SampleFeatures features) {
        List<TableShape.Block> blocks = new ArrayList<>();
        for (SampleColumn column : features.target().columns()) {
            int numbers = column.width() - column.choices();
            if (numbers > 0) {
                blocks.add(new TableShape.Block(numbers, false));
            }
            if (column.choices() > 0) {
                blocks.add(new TableShape.Block(column.choices(), true));
            }
        }
        return new TableShape(blocks, gan.hiddenSizes(), features.conditions().size());
    }

    @Override
    public Network generator(SampleFeatures features) {
        return new TableGenerator(
                shape(features), features.latent(), job.spec().train().seed());
    }

    @Override
    public Critic critic(SampleFeatures features) {
        return new TableCritic(shape(features), gan.pac(), job.spec().train().seed());
    }

    @Override
    public String key() {
        return Json.write(table.columns());
    }

    @Override
    public void close() {}
}
