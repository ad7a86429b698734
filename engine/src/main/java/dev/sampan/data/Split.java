package dev.sampan.data;

/// The three parts of a data set.
public enum Split {
    TRAIN,
    VALIDATION,
    TEST
}
