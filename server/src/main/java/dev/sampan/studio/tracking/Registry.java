package dev.sampan.studio.tracking;

import dev.sampan.catalog.Catalog;
import dev.sampan.database.Database;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.studio.tracking.query.Clause;
import dev.sampan.studio.tracking.query.Expression;
import dev.sampan.studio.tracking.query.Expression.Kind;
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
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Models by name, as MLflow's clients manage them. Versions, aliases and the history of every alias are the shelf's
/// ([Catalog]), which forgets nothing: here stand descriptions and tags, and what was put out of sight.
public final class Registry {
    private static final Map<String, Expression> ATTRIBUTES = Map.of(
            "name", Expression.column("m.name", Kind.TEXT),
            "creation_timestamp", Expression.column("m.created_millis", Kind.WHOLE),
            "last_updated_timestamp", Expression.column("m.updated_millis", Kind.WHOLE),
            "timestamp", Expression.column("m.updated_millis", Kind.WHOLE));
    private static final List<String> BY_NAME = List.of("name ASC");
    /// By this tag MLflow's clients leave prompts out of a list of models; what has no such tag is no prompt.
    static final String PROMPT = "mlflow.prompt.is_prompt";

    private static final int NAME_LETTERS = 256;

    private final Database database;
    private final Catalog catalog;
    private final RegisteredVersions versions;
    private final InstantSource clock;

    Registry(Database database, Catalog catalog, RegisteredVersions versions, InstantSource clock) {
        this.database = database;
        this.catalog = catalog;
        this.versions = versions;
        this.clock = clock;
    }

    /// A page of models.
    public record Listed(
            List<RegisteredModel> models, @Nullable String next) {
        public Listed {
            models = List.copyOf(models);
        }
    }

    /// @throws ProblemException `tracking.model_exists`
    public RegisteredModel create(TenantId tenant, String name, String description, Map<String, String> tags) {
        checkName(name);
        Limits.tags(tags, Limits.MODEL_TAG);
        database.asTenant(tenant, sql -> {
            adopt(sql, tenant);
            if (find(sql, tenant, name).isPresent()) {
                throw new ProblemException(Problem.of(
                        "tracking.model_exists", "There is a registered model named '" + name + "' already"));
            }
            return sql.sql("""
                            INSERT INTO studio.registered_model
                                (tenant_id, name, description, tags, created_millis, updated_millis)
                            VALUES (?, ?, ?, ?::jsonb, ?, ?)
                            ON CONFLICT (tenant_id, name) DO UPDATE
                            SET deleted = false, description = excluded.description, tags = excluded.tags,
                                created_millis = excluded.created_millis, updated_millis = excluded.updated_millis
                            """)
                    .params(tenant.toString(), name, description, Json.write(tags), clock.millis(), clock.millis())
                    .update();
        });
        return model(tenant, name);
    }

    /// @throws ProblemException `tracking.model.not_found`
    public RegisteredModel model(TenantId tenant, String name) {
        return database.asTenant(tenant, sql -> {
            adopt(sql, tenant);
            return find(sql, tenant, name).orElseThrow(() -> missing(name));
        });
    }

    public Listed search(TenantId tenant, Search search) {
        Page page =
                Page.by(Order.parse(search.orders().isEmpty() ? BY_NAME : search.orders()), Registry::field, "name");
        Clause where = Clause.where(Filter.parse(search.filter()), Registry::field);
        Clause columns = page.columns();
        Clause after = page.after(search.token());
        return database.asTenant(tenant, sql -> {
            adopt(sql, tenant);
            Shelf shelf = shelf(tenant);
            var rows = sql.sql("SELECT * FROM (SELECT m.*" + columns.text() + """
                             FROM studio.registered_model m WHERE m.tenant_id = ? AND NOT m.deleted
                            """ + where.text() + ") page WHERE true"
                            + after.text() + " ORDER BY " + page.order() + " LIMIT ?")
                    .params(columns.bound())
                    .param(tenant.toString())
                    .params(where.bound())
                    .params(after.bound())
                    .param(search.max() + 1)
                    .query((row, _) -> Rows.placed(row, page, shelf.model(row)))
                    .list();
            return new Listed(Rows.shown(rows, search.max()), Rows.next(page, rows, search.max()));
        });
    }

    public RegisteredModel describe(TenantId tenant, String name, String description) {
        database.asTenant(tenant, sql -> {
            model(tenant, name);
            return sql.sql("""
                            UPDATE studio.registered_model SET description = ?, updated_millis = ?
                            WHERE tenant_id = ? AND name = ?
                            """)
                    .params(description, clock.millis(), tenant.toString(), name)
                    .update();
        });
        return model(tenant, name);
    }

    public void setTag(TenantId tenant, String name, String key, String value) {
        Limits.tags(Map.of(key, value), Limits.MODEL_TAG);
        database.asTenant(tenant, sql -> {
            model(tenant, name);
            return sql.sql("""
                            UPDATE studio.registered_model SET tags = tags || ?::jsonb, updated_millis = ?
                            WHERE tenant_id = ? AND name = ?
                            """)
                    .params(Json.write(Map.of(key, value)), clock.millis(), tenant.toString(), name)
                    .update();
        });
    }

    public void deleteTag(TenantId tenant, String name, String key) {
        database.asTenant(tenant, sql -> {
            model(tenant, name);
            return sql.sql("""
                            UPDATE studio.registered_model SET tags = tags - ?::text, updated_millis = ?
                            WHERE tenant_id = ? AND name = ?
                            """)
                    .params(key, clock.millis(), tenant.toString(), name)
                    .update();
        });
    }

    /// Puts the model and its versions out of sight; the shelf keeps them, and deployments go on.
    public void delete(TenantId tenant, String name) {
        database.asTenant(tenant, sql -> {
            int last = model(tenant, name).newest().stream()
                    .mapToInt(RegisteredModel.Version::number)
                    .max()
                    .orElse(0);
            return sql.sql("""
                            UPDATE studio.registered_model
                            SET deleted = true, hidden_to = greatest(hidden_to, ?), updated_millis = ?
                            WHERE tenant_id = ? AND name = ?
                            """)
                    .params(last, clock.millis(), tenant.toString(), name)
                    .update();
        });
    }

    /// Only while there is no version: versions are kept under the name they were registered by.
    ///
    /// @throws ProblemException `tracking.versions_are_kept`, `tracking.model_exists`
    public RegisteredModel rename(TenantId tenant, String name, String fresh) {
        RegisteredModel known = model(tenant, name);
        if (!known.newest().isEmpty()) {
            throw new ProblemException(Problem.of(
                            "tracking.versions_are_kept",
                            "Model '" + name + "' has versions, which keep the name they were registered by")
                    .remedy("Register the next version under the new name"));
        }
        return database.asTenant(tenant, sql -> {
            RegisteredModel made = create(tenant, fresh, known.description(), known.tags());
            delete(tenant, name);
            return made;
        });
    }

    /// @throws ProblemException `tracking.invalid_alias`, `tracking.version.not_found`
    public void setAlias(TenantId tenant, String name, String alias, int number, ActorId by) {
        boolean letters =
                alias.chars().allMatch(letter -> Character.isLetterOrDigit(letter) || letter == '_' || letter == '-');
        boolean version = alias.length() > 1
                && Character.toLowerCase(alias.charAt(0)) == 'v'
                && alias.substring(1).chars().allMatch(Character::isDigit);
        if (alias.isEmpty()
                || alias.length() > Limits.ALIAS
                || !letters
                || version
                || alias.equalsIgnoreCase("latest")) {
            throw new ProblemException(Problem.of("tracking.invalid_alias", "The alias '" + alias + "' is not allowed")
                    .remedy("Use up to " + Limits.ALIAS + " letters, digits, _ and -; not 'latest', not 'v1'"));
        }
        database.asTenant(tenant, _ -> {
            version(tenant, name, number);
            catalog.moveAlias(tenant, name, alias, number, by);
            return true;
        });
    }

    public void dropAlias(TenantId tenant, String name, String alias, ActorId by) {
        model(tenant, name);
        catalog.dropAlias(tenant, name, alias, by);
    }

    /// @throws ProblemException `tracking.alias.not_found`
    public RegisteredModel.Version byAlias(TenantId tenant, String name, String alias) {
        Integer number = model(tenant, name).aliases().get(alias);
        if (number == null) {
            throw new ProblemException(
                    Problem.of("tracking.alias.not_found", "Model '" + name + "' has no alias '" + alias + "'"));
        }
        return version(tenant, name, number);
    }

    /// @throws ProblemException `tracking.model.not_found`, `tracking.version.not_found`
    public RegisteredModel.Version version(TenantId tenant, String name, int number) {
        return model(tenant, name).newest().stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.of("tracking.version.not_found", "Model '" + name + "' has no version " + number)));
    }

    /// Says which run made a version, whoever asks first.
    void madeBy(TenantId tenant, String name, int number, String run) {
        database.asTenant(tenant, sql -> {
            adopt(sql, tenant);
            return versions.madeBy(sql, tenant, name, number, run);
        });
    }

    /// Sees what came onto the shelf since.
    public void refresh(TenantId tenant) {
        database.asTenant(tenant, sql -> {
            adopt(sql, tenant);
            return true;
        });
    }

    /// What is on the shelf and not known here yet: runs of ours register without asking.
    private void adopt(JdbcClient sql, TenantId tenant) {
        Map<String, Integer> known = versions.last(sql, tenant);
        for (var newest : catalog.newest(tenant)) {
            if (known.getOrDefault(newest.name(), 0) >= newest.number()) {
                continue;
            }
            long at = newest.registeredAt().toEpochMilli();
            sql.sql("""
                            INSERT INTO studio.registered_model AS m (tenant_id, name, created_millis, updated_millis)
                            VALUES (?, ?, ?, ?)
                            ON CONFLICT (tenant_id, name) DO UPDATE
                            SET deleted = false, updated_millis = excluded.updated_millis
                            """).params(tenant.toString(), newest.name(), at, at).update();
            versions.adopt(sql, tenant, catalog.versions(tenant, newest.name()));
        }
    }

    private Optional<RegisteredModel> find(JdbcClient sql, TenantId tenant, String name) {
        Shelf shelf = shelf(tenant);
        return sql.sql("SELECT * FROM studio.registered_model m WHERE tenant_id = ? AND name = ? AND NOT deleted")
                .params(tenant.toString(), name)
                .query((row, _) -> shelf.model(row))
                .optional();
    }

    private Shelf shelf(TenantId tenant) {
        return new Shelf(catalog.aliases(tenant), (name, above) -> versions.of(tenant, name, above));
    }

    /// Puts models together from rows of their own, aliases and versions.
    private record Shelf(
            Map<String, Map<String, Integer>> aliases,
            BiFunction<String, Integer, List<RegisteredModel.Version>> versions) {
        RegisteredModel model(ResultSet row) throws SQLException {
            String name = row.getString("name");
            Map<String, Integer> pointing = aliases.getOrDefault(name, Map.of());
            List<RegisteredModel.Version> visible = versions.apply(name, row.getInt("hidden_to")).stream()
                    .map(one -> one.with(RegisteredVersions.aliases(pointing, one.number())))
                    .toList();
            return new RegisteredModel(
                    name,
                    row.getString("description"),
                    Rows.texts(row, "tags"),
                    pointing,
                    visible,
                    row.getLong("created_millis"),
                    row.getLong("updated_millis"));
        }
    }

    private static Expression field(Field field) {
        Expression known = ATTRIBUTES.get(field.key());
        return switch (field.entity()) {
            case TAG ->
                Expression.keyed(
                        field.key().equals(PROMPT) ? "coalesce(m.tags ->> ?, 'false')" : "(m.tags ->> ?)",
                        field.key(),
                        Kind.TEXT);
            case ATTRIBUTE -> {
                if (known == null) {
                    throw Vocabulary.unknown(field, ATTRIBUTES.keySet());
                }
                yield known;
            }
            case METRIC, PARAM, DATASET -> throw Vocabulary.unknown(field, ATTRIBUTES.keySet());
        };
    }

    private static void checkName(String name) {
        boolean letters =
                name.codePoints().allMatch(letter -> Character.isLetterOrDigit(letter) || "_-. ".indexOf(letter) >= 0);
        if (name.isBlank() || name.length() > NAME_LETTERS || !letters || name.startsWith(".")) {
            throw new ProblemException(
                    Problem.of("tracking.invalid_name", "The model name '" + name + "' is not allowed")
                            .remedy("Use up to " + NAME_LETTERS + " letters, digits, _ - . and blanks"));
        }
    }

    private static ProblemException missing(String name) {
        return new ProblemException(
                Problem.of("tracking.model.not_found", "There is no registered model named '" + name + "'"));
    }
}
