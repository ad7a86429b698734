package dev.sampan.runtime.internal;

import dev.sampan.data.Features;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One input column may go by the name `text`.
final class InputNames {
    private InputNames() {}

    static List<Map<String, String>> named(Features features, List<Map<String, String>> inputs) {
        if (features.inputs().size() != 1) {
            return inputs;
        }
        String column = features.inputs().getFirst();
        return inputs.stream().map(input -> named(column, input)).toList();
    }

    private static Map<String, String> named(String column, Map<String, String> input) {
        String text = input.get("text");
        if (text == null || input.containsKey(column)) {
            return input;
        }
        Map<String, String> renamed = new HashMap<>(input);
        renamed.put(column, text);
        return renamed;
    }
}
