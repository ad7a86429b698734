package dev.sampan.data;

import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.util.List;
import java.util.Map;

/// The text of a row: its input columns, cleaned and joined by one blank; empty ones leave no blank behind.
final class Columns {
    private Columns() {}

    static String text(List<String> inputs, TextCleaner cleaner, Map<String, String> row) {
        if (inputs.size() == 1) {
            return cleaner.clean(value(inputs.getFirst(), row));
        }
        return join(
                inputs.stream().map(input -> cleaner.clean(value(input, row))).toList());
    }

    static String join(List<String> cleaned) {
        return cleaned.size() == 1
                ? cleaned.getFirst()
                : String.join(
                        " ", cleaned.stream().filter(text -> !text.isEmpty()).toList());
    }

    private static String value(String input, Map<String, String> row) {
        String value = row.get(input);
        if (value == null) {
            throw new ProblemException(Nearest.remedy(
                    Problem.of("input.missing_column", "The input has no '" + input + "'"), input, row.keySet()));
        }
        return value;
    }
}
