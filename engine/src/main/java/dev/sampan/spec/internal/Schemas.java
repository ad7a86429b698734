package dev.sampan.spec.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON Schema pieces (draft 2020-12).
final class Schemas {
    private Schemas() {}

    /// A block: every field under its name and its aliases, nothing else allowed.
    static <R> Map<String, Object> object(List<Field<R, ?>> fields) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Field<R, ?> field : fields) {
            properties.put(field.name(), property(field, field.description()));
            for (String alias : field.aliases()) {
                properties.put(alias, property(field, "Another name of " + field.name()));
            }
            if (field.presence() == Field.Presence.REQUIRED) {
                required.add(field.name());
            }
        }
        return closed(properties, required);
    }

    static Map<String, Object> single(String name, Map<String, Object> value) {
        return closed(Map.of(name, value), List.of(name));
    }

    static Map<String, Object> closed(Map<String, Object> properties, List<String> required) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static <T> Map<String, Object> property(Field<?, T> field, String description) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", description);
        Map<String, Object> type = field.type().schema();
        if (field.presence() == Field.Presence.NULLABLE) {
            schema.put("anyOf", List.of(type, Map.of("type", "null")));
        } else {
            schema.putAll(type);
        }
        T fallback = field.fallback();
        Object written = fallback == null ? null : field.type().write(fallback);
        // A block's defaults stand at its own keys.
        if (written != null && !(written instanceof Map)) {
            schema.put("default", written);
        }
        return schema;
    }

    static Map<String, Object> document(Map<String, Object> root, String title) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", title);
        schema.putAll(root);
        return schema;
    }
}
