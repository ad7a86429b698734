package dev.sampan.training.internal;

/// Rows of which each has a label.
interface LabelledRows {
    int rows();

    /// Number of the row's label.
    int label(int row);
}
