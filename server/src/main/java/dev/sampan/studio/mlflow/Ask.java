package dev.sampan.studio.mlflow;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client asks, whichever way it came: the tree of a JSON body, or a query's parameters, whose values are texts.
///
/// @param tree fields by name; a field that is null is as good as left out
record Ask(Caller caller, Map<String, Object> tree) {
    TenantId tenant() {
        return caller.tenant();
    }

    /// @throws ProblemException `tracking.missing_parameter`
    String text(String name) {
        String value = textOr(name, "");
        if (value.isEmpty()) {
            throw missing(name);
        }
        return value;
    }

    @Nullable
    String textOrNull(String name) {
        Object value = tree.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw wrong(name, "a text");
    }

    String textOr(String name, String otherwise) {
        String value = textOrNull(name);
        return value == null ? otherwise : value;
    }

    /// The run's id under its present or its old name.
    String run() {
        return tree.get("run_id") == null ? text("run_uuid") : text("run_id");
    }

    /// Whole numbers may come as texts, since JSON of protobuf writes 64 bits so.
    @Nullable
    Long wholeOrNull(String name) {
        Object value = tree.get(name);
        return switch (value) {
            case null -> null;
            case Integer number -> number.longValue();
            case Long number -> number;
            case Double number when number == Math.rint(number) -> number.longValue();
            case String text -> whole(name, text);
            default -> throw wrong(name, "a whole number");
        };
    }

    private static Long whole(String name, String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException _) {
            throw wrong(name, "a whole number");
        }
    }

    long whole(String name, long otherwise) {
        Long value = wholeOrNull(name);
        return value == null ? otherwise : value;
    }

    /// @throws ProblemException `tracking.missing_parameter`
    long whole(String name) {
        Long value = wholeOrNull(name);
        if (value == null) {
            throw missing(name);
        }
        return value;
    }

    /// NaN and the infinities come as texts.
    double real(String name) {
        Object value = tree.get(name);
        return switch (value) {
            case null -> throw missing(name);
            case Number number -> number.doubleValue();
            case String text -> {
                try {
                    yield Double.parseDouble(text);
                } catch (NumberFormatException _) {
                    throw wrong(name, "a number");
                }
            }
            default -> throw wrong(name, "a number");
        };
    }

    /// @param otherwise when it is not given
    <E extends Enum<E>> E oneOf(String name, Class<E> type, E otherwise) {
        String value = textOr(name, "");
        if (value.isEmpty()) {
            return otherwise;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> one.name().equals(value))
                .findFirst()
                .orElseThrow(() -> wrong(name, "one of " + Arrays.toString(type.getEnumConstants())));
    }

    List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        for (Object one : list(name)) {
            if (!(one instanceof String || one instanceof Number)) {
                throw wrong(name, "a list of texts");
            }
            all.add(one.toString());
        }
        return all;
    }

    /// The objects of a list, each to be asked in the same way.
    List<Ask> parts(String name) {
        List<Ask> all = new ArrayList<>();
        for (Object one : list(name)) {
            all.add(part(name, one));
        }
        return all;
    }

    /// @throws ProblemException `tracking.missing_parameter`
    Ask part(String name) {
        Object value = tree.get(name);
        if (value == null) {
            throw missing(name);
        }
        return part(name, value);
    }

    private Ask part(String name, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(name, "made of objects");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((key, field) -> fields.put(String.valueOf(key), field));
        return new Ask(caller, fields);
    }

    /// A list of `{"key": …, "value": …}`.
    Map<String, String> pairs(String name) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (Ask pair : parts(name)) {
            String before = pairs.put(pair.text("key"), pair.textOr("value", ""));
            if (before != null && !before.equals(pair.textOr("value", ""))) {
                throw wrong(name, "a list that names '" + pair.text("key") + "' once");
            }
        }
        return pairs;
    }

    private List<?> list(String name) {
        Object value = tree.get(name);
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list;
            case String one -> List.of(one); // a parameter given once in a query
            default -> throw wrong(name, "a list");
        };
    }

    private static ProblemException missing(String name) {
        return new ProblemException(
                Problem.of("tracking.missing_parameter", "Missing value for required parameter '" + name + "'"));
    }

    private static ProblemException wrong(String name, String wanted) {
        return new ProblemException(
                Problem.of("tracking.invalid_parameter", "Parameter '" + name + "' must be " + wanted));
    }
}
