package dev.sampan.studio.tracking;

import dev.sampan.kernel.Json;
import dev.sampan.studio.tracking.query.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/// How rows of this package are read.
final class Rows {
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private Rows() {}

    static Map<String, String> texts(ResultSet row, String column) throws SQLException {
        return Json.MAPPER.readValue(row.getString(column), TEXTS);
    }

    static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /// One row of a page and its place in the order.
    record Placed<T>(T value, List<@Nullable Object> place) {}

    static <T> Placed<T> placed(ResultSet row, Page page, T value) throws SQLException {
        List<@Nullable Object> place = new ArrayList<>();
        for (String column : page.names()) {
            place.add(row.getObject(column));
        }
        return new Placed<>(value, place);
    }

    /// The token of the page after these rows, of which one more than `max` was asked for.
    static @Nullable String next(Page page, List<? extends Placed<?>> rows, int max) {
        return rows.size() > max ? page.token(rows.get(max - 1).place()) : null;
    }

    static <T> List<T> shown(List<Placed<T>> rows, int max) {
        return rows.stream().limit(max).map(Placed::value).toList();
    }

    /// Texts by run and key.
    static Map<String, Map<String, String>> byRun(List<Entry> entries) {
        Map<String, Map<String, String>> all = new HashMap<>();
        entries.forEach(
                one -> all.computeIfAbsent(one.run(), _ -> new HashMap<>()).put(one.key(), one.value()));
        return all;
    }

    record Entry(String run, String key, String value) {}

    static Entry entry(ResultSet row) throws SQLException {
        return new Entry(row.getString("run_id"), row.getString("key"), row.getString("value"));
    }
}
