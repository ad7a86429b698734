package dev.sampan.studio.tracking;

import dev.sampan.studio.tracking.query.Expression;
import dev.sampan.studio.tracking.query.Expression.Kind;
import dev.sampan.studio.tracking.query.Field;
import dev.sampan.studio.tracking.query.Vocabulary;
import java.util.Map;

/// What runs are searched and ordered by.
final class RunWords {
    private static final Expression NAME = Expression.column("r.name", Kind.TEXT);
    private static final Expression START = Expression.column("r.start_millis", Kind.WHOLE);
    private static final Map<String, Expression> ATTRIBUTES = Map.ofEntries(
            Map.entry("run_id", Expression.column("r.id", Kind.TEXT)),
            Map.entry("run_name", NAME),
            Map.entry("run name", NAME),
            Map.entry("Run name", NAME),
            Map.entry("Run Name", NAME),
            Map.entry("name", NAME),
            Map.entry("status", Expression.column("r.status", Kind.TEXT)),
            Map.entry("user_id", Expression.column("r.user_id", Kind.TEXT)),
            Map.entry("experiment_id", Expression.column("r.experiment_id", Kind.TEXT)),
            Map.entry("start_time", START),
            Map.entry("created", START),
            Map.entry("Created", START),
            Map.entry("end_time", Expression.column("r.end_millis", Kind.WHOLE, true)));
    private static final String METRIC = """
            (SELECT m.value FROM studio.run_metric_latest m
             WHERE m.tenant_id = r.tenant_id AND m.run_id = r.id AND m.key = ?)""";
    private static final String PARAM = """
            (SELECT p.value FROM studio.run_param p
             WHERE p.tenant_id = r.tenant_id AND p.run_id = r.id AND p.key = ?)""";
    private static final String TAG = """
            (SELECT t.value FROM studio.run_tag t
             WHERE t.tenant_id = r.tenant_id AND t.run_id = r.id AND t.key = ?)""";
    private static final Map<String, Expression> DATASETS = Map.of(
            "name", Expression.some("""
                    EXISTS (SELECT FROM studio.run_input i
                            WHERE i.tenant_id = r.tenant_id AND i.run_id = r.id AND i.name"""),
            "digest", Expression.some("""
                    EXISTS (SELECT FROM studio.run_input i
                            WHERE i.tenant_id = r.tenant_id AND i.run_id = r.id AND i.digest"""),
            "context", Expression.some("""
                    EXISTS (SELECT FROM studio.run_input i
                            WHERE i.tenant_id = r.tenant_id AND i.run_id = r.id
                            AND i.tags ->> 'mlflow.data.context'"""));

    private RunWords() {}

    static Expression of(Field field) {
        return switch (field.entity()) {
            case METRIC -> Expression.keyed(METRIC, field.key(), Kind.REAL);
            case PARAM -> Expression.keyed(PARAM, field.key(), Kind.TEXT);
            case TAG -> Expression.keyed(TAG, field.key(), Kind.TEXT);
            case ATTRIBUTE -> known(field, ATTRIBUTES);
            case DATASET -> known(field, DATASETS);
        };
    }

    private static Expression known(Field field, Map<String, Expression> all) {
        Expression known = all.get(field.key());
        if (known == null) {
            throw Vocabulary.unknown(field, all.keySet());
        }
        return known;
    }
}
