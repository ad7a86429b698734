package dev.sampan.studio.tracking.query;

import java.util.List;

/// Where a field stands in SQL. Fragments are ours; what the client sent is bound.
///
/// @param before what stands before the comparison: a column, a scalar subquery, or the begin of an EXISTS
/// @param after what closes it, or empty
/// @param bound the parameters within `before`
/// @param nullable whether a row may have no value: it comes last in every order
public record Expression(String before, String after, List<Object> bound, Kind kind, boolean nullable) {
    public Expression {
        bound = List.copyOf(bound);
    }

    /// Of the value.
    public enum Kind {
        TEXT,
        WHOLE,
        REAL
    }

    public static Expression column(String name, Kind kind) {
        return new Expression(name, "", List.of(), kind, false);
    }

    public static Expression column(String name, Kind kind, boolean nullable) {
        return new Expression(name, "", List.of(), kind, nullable);
    }

    /// A value that stands in other rows, found by a key.
    public static Expression keyed(String subquery, String key, Kind kind) {
        return new Expression(subquery, "", List.of(key), kind, true);
    }

    /// Some of many values.
    public static Expression some(String before) {
        return new Expression(before, ")", List.of(), Kind.TEXT, true);
    }

    /// Whether it is one value that an order can be made of.
    boolean scalar() {
        return after.isEmpty();
    }
}
