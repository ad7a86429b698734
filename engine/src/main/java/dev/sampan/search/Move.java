package dev.sampan.search;

/// What to do next.
public sealed interface Move {
    /// Train a fresh trial, or go on with one that goes up a rung.
    ///
    /// @param trial as far as it came
    /// @param epochs of its whole training after which it pauses
    record Train(Trial trial, int epochs) implements Move {}

    /// Nothing is left to try.
    record Done() implements Move {}
}
