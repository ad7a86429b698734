package dev.sampan.spec.internal;

import java.util.Comparator;

/// Where a node was written.
///
/// @param text what a person reads: `sampan.yaml:12:5`, `override 'train.seed=1'`
/// @param rank 0 for the file, then overrides in the order given
/// @param line from 1, 0 where there are no lines
/// @param column from 1, in code points
record Place(String text, int rank, int line, int column) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
            Comparator.comparingInt(Place::rank).thenComparingInt(Place::line).thenComparingInt(Place::column);

    static Place inFile(String fileName, int line, int column) {
        return new Place(fileName + ":" + line + ":" + column, 0, line, column);
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
