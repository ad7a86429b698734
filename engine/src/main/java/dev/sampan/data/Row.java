package dev.sampan.data;

import java.util.List;

/// One row.
///
/// @param origin file and line where it stands, for messages: `questions.csv line 40`
/// @param values in the order of the reader's columns
public record Row(String origin, List<String> values) {
    public Row {
        values = List.copyOf(values);
    }
}
