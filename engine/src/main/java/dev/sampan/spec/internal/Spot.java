package dev.sampan.spec.internal;

import org.jspecify.annotations.Nullable;

/// A node being read, with its path from the root (`data.split.probabilities`, empty for the root).
record Spot(String path, Tree node, Reading reading) {
    static final String WRONG_TYPE = "spec.wrong_type";
    static final String OUT_OF_RANGE = "spec.out_of_range";
    static final String NOT_YET = "spec.not_in_this_version";

    Spot(String path, Tree node, Reading reading) {
        this.path = path;
        this.node = node;
        this.reading = reading;
        reading.seen(path, node.place());
    }

    Spot child(String key, Tree value) {
        return new Spot(path.isEmpty() ? key : path + "." + key, value, reading);
    }

    void problem(String code, String sentence, @Nullable String remedy) {
        reading.problem(node.place(), code, sentence, remedy);
    }

    /// `train.seed must be a whole number, but is 'abc'`.
    void wrongType(String wanted, @Nullable String remedy) {
        problem(WRONG_TYPE, name() + " must be " + wanted + ", but is " + node.shown(), remedy);
    }

    String name() {
        return path.isEmpty() ? "The file" : path;
    }
}
