package dev.sampan.data.internal.source;

import dev.sampan.kernel.Json;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/// How a value of a query's answer becomes a text.
enum SqlValue {
    /// As the driver writes it.
    PLAIN,
    /// A list, map or structure becomes JSON; `{bytes, path}`, as Hugging Face writes pictures, a data URL.
    NESTED,
    /// Bytes become a data URL: of all that a table keeps as bytes, pictures are what a model reads.
    BYTES;

    static SqlValue of(int type) {
        return switch (type) {
            case Types.STRUCT, Types.ARRAY, Types.JAVA_OBJECT, Types.OTHER -> NESTED;
            case Types.BLOB, Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> BYTES;
            default -> PLAIN;
        };
    }

    /// Empty for null.
    String read(ResultSet answer, int column) throws SQLException {
        if (this == PLAIN) {
            String text = answer.getString(column);
            return text == null ? "" : text;
        }
        Object value = this == BYTES ? answer.getBytes(column) : answer.getObject(column);
        return switch (value) {
            case null -> "";
            case byte[] bytes -> url(bytes);
            case DuckDBStruct struct when struct.getMap().get("bytes") instanceof Blob blob -> url(content(blob));
            case Struct _, Array _, Map<?, ?> _, List<?> _ -> String.valueOf(Json.MAPPER.valueToTree(tree(value)));
            default -> value.toString();
        };
    }

    private static String url(byte[] bytes) {
        return "data:image/*;base64," + Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] content(Blob blob) throws SQLException {
        return blob.getBytes(1, (int) Math.min(Integer.MAX_VALUE - 8, blob.length()));
    }

    private static @Nullable Object tree(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case DuckDBStruct struct -> tree(struct.getMap());
            case Array array -> tree(Arrays.asList((Object[]) array.getArray()));
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> tree = new LinkedHashMap<>();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    tree.put(String.valueOf(entry.getKey()), tree(entry.getValue()));
                }
                yield tree;
            }
            case List<?> list -> {
                List<@Nullable Object> tree = new ArrayList<>();
                for (Object item : list) {
                    tree.add(tree(item));
                }
                yield tree;
            }
            case Number number -> number;
            case Boolean truth -> truth;
            case Blob blob -> url(content(blob));
            default -> value.toString();
        };
    }
}
