package dev.sampan.search;

/// What to do next.
public sealed interface Move {
    /// Train, from the beginning.
    ///
    /// @param trial as far as it came: a fresh one, or one that goes up a rung
    /// @param epochs at the most
    record Train(Trial trial, int epochs) implements Move {}

    /// Nothing is left to try.
    record Done() implements Move {}
}
