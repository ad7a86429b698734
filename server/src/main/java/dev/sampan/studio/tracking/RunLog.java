package dev.sampan.studio.tracking;

import dev.sampan.database.Database;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Where runs are written to. A batch is taken whole or not at all.
public final class RunLog {
    private final Database database;
    private final Runs runs;
    private final RunFigures figures;

    RunLog(Database database, Runs runs, RunFigures figures) {
        this.database = database;
        this.runs = runs;
        this.figures = figures;
    }

    /// What is logged at once.
    public record Batch(List<Metric> metrics, Map<String, String> params, Map<String, String> tags) {
        public Batch {
            metrics = List.copyOf(metrics);
            params = Map.copyOf(params);
            tags = Map.copyOf(tags);
        }
    }

    public void batch(TenantId tenant, String run, Batch batch) {
        Limits.count("metrics", batch.metrics().size(), Limits.METRICS_IN_BATCH);
        Limits.count("params", batch.params().size(), Limits.PARAMS_IN_BATCH);
        Limits.count("tags", batch.tags().size(), Limits.TAGS_IN_BATCH);
        Limits.count(
                "entries",
                batch.metrics().size() + batch.params().size() + batch.tags().size(),
                Limits.ENTRIES_IN_BATCH);
        log(tenant, run, batch);
    }

    /// For the platform's own runs, which are logged whether somebody put them away or not, and without limits on how
    /// much comes at once. A run of before there was tracking is left alone.
    void own(TenantId tenant, String run, Batch batch) {
        database.asTenant(tenant, sql -> {
            if (runs.known(tenant, run)) {
                write(sql, tenant, run, batch);
            }
            return true;
        });
    }

    private void log(TenantId tenant, String run, Batch batch) {
        batch.metrics().forEach(metric -> Limits.key(metric.key()));
        batch.params().forEach((key, value) -> Limits.param(Limits.key(key), value));
        Limits.tags(batch.tags(), Limits.TAG);
        database.asTenant(tenant, sql -> {
            runs.active(tenant, run);
            write(sql, tenant, run, batch);
            String name = batch.tags().get(Runs.NAME_TAG);
            if (name != null) {
                runs.update(tenant, run, new Runs.Change(null, null, name));
            }
            return true;
        });
    }

    private void write(JdbcClient sql, TenantId tenant, String run, Batch batch) {
        figures.params(sql, tenant, run, batch.params());
        figures.metrics(sql, tenant, run, batch.metrics());
        figures.tags(sql, tenant, run, batch.tags());
    }

    /// @throws ProblemException `tracking.tag.not_found`
    public void deleteTag(TenantId tenant, String run, String key) {
        database.asTenant(tenant, sql -> {
            runs.active(tenant, run);
            if (figures.dropTag(sql, tenant, run, key) == 0) {
                throw new ProblemException(
                        Problem.of("tracking.tag.not_found", "Run " + run + " has no tag '" + key + "'"));
            }
            return true;
        });
    }

    public void inputs(TenantId tenant, String run, List<DatasetInput> inputs) {
        Limits.count("data sets", inputs.size(), Limits.ENTRIES_IN_BATCH);
        database.asTenant(tenant, sql -> {
            runs.active(tenant, run);
            figures.inputs(sql, tenant, run, inputs);
            return true;
        });
    }
}
