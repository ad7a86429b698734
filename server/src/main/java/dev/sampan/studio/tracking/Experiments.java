package dev.sampan.studio.tracking;

import dev.sampan.database.Database;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.studio.tracking.query.Clause;
import dev.sampan.studio.tracking.query.Expression;
import dev.sampan.studio.tracking.query.Field;
import dev.sampan.studio.tracking.query.Filter;
import dev.sampan.studio.tracking.query.Order;
import dev.sampan.studio.tracking.query.Page;
import dev.sampan.studio.tracking.query.Vocabulary;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Experiments by id and by name, which is unique within the organisation, the deleted ones included.
public final class Experiments {
    private static final Map<String, Expression> ATTRIBUTES = Map.of(
            "name", Expression.column("e.name", Expression.Kind.TEXT),
            "experiment_id", Expression.column("e.id", Expression.Kind.TEXT),
            "creation_time", Expression.column("e.created_millis", Expression.Kind.WHOLE),
            "last_update_time", Expression.column("e.updated_millis", Expression.Kind.WHOLE));
    private static final List<String> NEWEST = List.of("last_update_time DESC");

    private final Database database;
    private final InstantSource clock;

    Experiments(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// A page of experiments.
    ///
    /// @param next token of the next page; null on the last
    public record Listed(
            List<Experiment> experiments, @Nullable String next) {
        public Listed {
            experiments = List.copyOf(experiments);
        }
    }

    /// @throws ProblemException `tracking.experiment_exists`
    public Experiment create(TenantId tenant, String name, @Nullable String location, Map<String, String> tags) {
        checkName(name);
        Limits.tags(tags, Limits.EXPERIMENT_TAG);
        return database.asTenant(tenant, sql -> {
            ensureDefault(sql, tenant);
            Experiment fresh = new Experiment(
                    Ulid.next().toString(), name, Lifecycle.ACTIVE, location, tags, clock.millis(), clock.millis());
            if (!insert(sql, tenant, fresh)) {
                throw taken(tenant, name);
            }
            return fresh;
        });
    }

    /// The experiment of this name, made when there is none; one that was deleted is taken back.
    Experiment named(TenantId tenant, String name) {
        return database.asTenant(tenant, sql -> {
            Optional<Experiment> known = byName(tenant, name);
            if (known.isPresent()) {
                if (known.get().lifecycle() == Lifecycle.DELETED) {
                    move(tenant, known.get().id(), Lifecycle.ACTIVE);
                }
                return known.get();
            }
            long now = clock.millis();
            insert(
                    sql,
                    tenant,
                    new Experiment(Ulid.next().toString(), name, Lifecycle.ACTIVE, null, Map.of(), now, now));
            return byName(tenant, name).orElseThrow();
        });
    }

    public Experiment experiment(TenantId tenant, String id) {
        return database.asTenant(tenant, sql -> {
            if (id.equals(Experiment.DEFAULT)) {
                ensureDefault(sql, tenant);
            }
            return sql.sql("SELECT * FROM studio.experiment WHERE tenant_id = ? AND id = ?")
                    .params(tenant.toString(), id)
                    .query((row, _) -> experiment(row))
                    .optional()
                    .orElseThrow(() -> missing("id '" + id + "'"));
        });
    }

    public Optional<Experiment> byName(TenantId tenant, String name) {
        return database.asTenant(tenant, sql -> {
            ensureDefault(sql, tenant);
            return sql.sql("SELECT * FROM studio.experiment WHERE tenant_id = ? AND name = ?")
                    .params(tenant.toString(), name)
                    .query((row, _) -> experiment(row))
                    .optional();
        });
    }

    public Listed search(TenantId tenant, Search search) {
        Page page =
                Page.by(Order.parse(search.orders().isEmpty() ? NEWEST : search.orders()), Experiments::field, "id");
        Clause where = Clause.where(Filter.parse(search.filter()), Experiments::field);
        Clause columns = page.columns();
        Clause after = page.after(search.token());
        List<Rows.Placed<Experiment>> rows = database.asTenant(tenant, sql -> {
            ensureDefault(sql, tenant);
            return sql.sql("SELECT * FROM (SELECT e.*" + columns.text() + """
                             FROM studio.experiment e WHERE e.tenant_id = ? AND e.lifecycle = ANY (?)
                            """ + where.text() + ") page WHERE true"
                            + after.text() + " ORDER BY " + page.order() + " LIMIT ?")
                    .params(columns.bound())
                    .param(tenant.toString())
                    .param(search.view().texts())
                    .params(where.bound())
                    .params(after.bound())
                    .param(search.max() + 1)
                    .query((row, _) -> Rows.placed(row, page, experiment(row)))
                    .list();
        });
        return new Listed(Rows.shown(rows, search.max()), Rows.next(page, rows, search.max()));
    }

    /// @throws ProblemException `tracking.experiment_exists`
    public void rename(TenantId tenant, String id, String name) {
        checkName(name);
        database.asTenant(tenant, sql -> {
            active(tenant, id);
            if (byName(tenant, name).filter(other -> !other.id().equals(id)).isPresent()) {
                throw taken(tenant, name);
            }
            return sql.sql("UPDATE studio.experiment SET name = ?, updated_millis = ? WHERE tenant_id = ? AND id = ?")
                    .params(name, clock.millis(), tenant.toString(), id)
                    .update();
        });
    }

    /// With its runs.
    public void delete(TenantId tenant, String id) {
        if (id.equals(Experiment.DEFAULT)) {
            throw new ProblemException(
                    Problem.of("tracking.default_experiment", "The default experiment cannot be deleted"));
        }
        move(tenant, id, Lifecycle.DELETED);
    }

    public void restore(TenantId tenant, String id) {
        move(tenant, id, Lifecycle.ACTIVE);
    }

    private void move(TenantId tenant, String id, Lifecycle to) {
        database.asTenant(tenant, sql -> {
            experiment(tenant, id);
            sql.sql("UPDATE studio.experiment SET lifecycle = ?, updated_millis = ? WHERE tenant_id = ? AND id = ?")
                    .params(to.text(), clock.millis(), tenant.toString(), id)
                    .update();
            return sql.sql("UPDATE studio.tracked_run SET lifecycle = ? WHERE tenant_id = ? AND experiment_id = ?")
                    .params(to.text(), tenant.toString(), id)
                    .update();
        });
    }

    public void setTag(TenantId tenant, String id, String key, String value) {
        Limits.tags(Map.of(key, value), Limits.EXPERIMENT_TAG);
        database.asTenant(tenant, sql -> {
            active(tenant, id);
            return sql.sql("""
                            UPDATE studio.experiment SET tags = tags || ?::jsonb, updated_millis = ?
                            WHERE tenant_id = ? AND id = ?
                            """)
                    .params(Json.write(Map.of(key, value)), clock.millis(), tenant.toString(), id)
                    .update();
        });
    }

    public void deleteTag(TenantId tenant, String id, String key) {
        database.asTenant(tenant, sql -> {
            if (!active(tenant, id).tags().containsKey(key)) {
                throw new ProblemException(
                        Problem.of("tracking.tag.not_found", "Experiment " + id + " has no tag '" + key + "'"));
            }
            return sql.sql("""
                            UPDATE studio.experiment SET tags = tags - ?::text, updated_millis = ?
                            WHERE tenant_id = ? AND id = ?
                            """)
                    .params(key, clock.millis(), tenant.toString(), id)
                    .update();
        });
    }

    /// @throws ProblemException `tracking.experiment.not_found`, `tracking.experiment_deleted`
    Experiment active(TenantId tenant, String id) {
        Experiment found = experiment(tenant, id);
        if (found.lifecycle() == Lifecycle.DELETED) {
            throw new ProblemException(
                    Problem.of("tracking.experiment_deleted", "Experiment '" + found.name() + "' is deleted")
                            .remedy("Restore it first"));
        }
        return found;
    }

    private void ensureDefault(JdbcClient sql, TenantId tenant) {
        long now = clock.millis();
        insert(sql, tenant, new Experiment(Experiment.DEFAULT, "Default", Lifecycle.ACTIVE, null, Map.of(), now, now));
    }

    private static boolean insert(JdbcClient sql, TenantId tenant, Experiment one) {
        return sql.sql("""
                        INSERT INTO studio.experiment
                            (tenant_id, id, name, artifact_location, tags, created_millis, updated_millis)
                        VALUES (?, ?, ?, ?, ?::jsonb, ?, ?)
                        ON CONFLICT DO NOTHING
                        """)
                        .param(tenant.toString())
                        .param(one.id())
                        .param(one.name())
                        .param(one.artifactLocation())
                        .param(Json.write(one.tags()))
                        .param(one.createdMillis())
                        .param(one.updatedMillis())
                        .update()
                == 1;
    }

    private static void checkName(String name) {
        if (name.isBlank()) {
            throw new ProblemException(Problem.of("tracking.no_name", "An experiment needs a name"));
        }
        Limits.within("the experiment's name", name, Limits.EXPERIMENT_NAME);
    }

    private ProblemException taken(TenantId tenant, String name) {
        boolean deleted = byName(tenant, name)
                .filter(one -> one.lifecycle() == Lifecycle.DELETED)
                .isPresent();
        return new ProblemException(
                Problem.of("tracking.experiment_exists", "There is an experiment named '" + name + "' already")
                        .remedy(deleted ? "It is deleted: restore it, or choose another name" : "Choose another name"));
    }

    private static ProblemException missing(String what) {
        return new ProblemException(Problem.of("tracking.experiment.not_found", "There is no experiment with " + what));
    }

    private static Expression field(Field field) {
        Expression known = ATTRIBUTES.get(field.key());
        return switch (field.entity()) {
            case TAG -> Expression.keyed("(e.tags ->> ?)", field.key(), Expression.Kind.TEXT);
            case ATTRIBUTE -> {
                if (known == null) {
                    throw Vocabulary.unknown(field, ATTRIBUTES.keySet());
                }
                yield known;
            }
            case METRIC, PARAM, DATASET -> throw Vocabulary.unknown(field, ATTRIBUTES.keySet());
        };
    }

    private static Experiment experiment(ResultSet row) throws SQLException {
        return new Experiment(
                row.getString("id"),
                row.getString("name"),
                Lifecycle.of(row.getString("lifecycle")),
                row.getString("artifact_location"),
                Rows.texts(row, "tags"),
                row.getLong("created_millis"),
                row.getLong("updated_millis"));
    }
}
