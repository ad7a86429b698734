package dev.sampan.studio.tracking.query;

import java.util.List;

/// One condition of a filter.
///
/// @param values texts ([String]) and numbers ([Long], [Double]): one; several for IN; none for IS NULL
public record Comparison(Field field, Operator operator, List<Object> values) {
    public Comparison {
        values = List.copyOf(values);
    }
}
