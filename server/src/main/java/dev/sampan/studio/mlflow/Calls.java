package dev.sampan.studio.mlflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/// Every call of MLflow's REST interface that is answered here.
@Component
final class Calls {
    private final List<Call> all = new ArrayList<>();

    Calls(List<Group> groups) {
        groups.forEach(group -> all.addAll(group.calls()));
    }

    /// Calls of one kind of thing.
    interface Group {
        List<Call> calls();
    }

    /// One call.
    ///
    /// @param path below `/mlflow/api/2.0/mlflow/`; a segment in braces becomes a field of what is asked
    /// @param answer to be sent as JSON
    record Call(String method, String path, Function<Ask, Map<String, Object>> answer) {
        /// Fields named by the path; empty when the path is another.
        Optional<Map<String, Object>> fields(String asked) {
            String[] ours = path.split("/");
            String[] theirs = asked.split("/");
            if (ours.length != theirs.length) {
                return Optional.empty();
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            for (int i = 0; i < ours.length; i++) {
                if (ours[i].startsWith("{")) {
                    fields.put(ours[i].substring(1, ours[i].length() - 1), theirs[i]);
                } else if (!ours[i].equals(theirs[i])) {
                    return Optional.empty();
                }
            }
            return Optional.of(fields);
        }
    }

    static Call get(String path, Function<Ask, Map<String, Object>> answer) {
        return new Call("GET", path, answer);
    }

    static Call post(String path, Function<Ask, Map<String, Object>> answer) {
        return new Call("POST", path, answer);
    }

    static Call patch(String path, Function<Ask, Map<String, Object>> answer) {
        return new Call("PATCH", path, answer);
    }

    static Call delete(String path, Function<Ask, Map<String, Object>> answer) {
        return new Call("DELETE", path, answer);
    }

    /// Ours, when there is one.
    Optional<Map<String, Object>> answer(String method, String path, Ask ask) {
        for (Call call : all) {
            Optional<Map<String, Object>> fields = call.method().equals(method) ? call.fields(path) : Optional.empty();
            if (fields.isPresent()) {
                Map<String, Object> tree = new HashMap<>(ask.tree());
                tree.putAll(fields.get());
                return Optional.of(call.answer().apply(new Ask(ask.caller(), tree)));
            }
        }
        return Optional.empty();
    }
}
