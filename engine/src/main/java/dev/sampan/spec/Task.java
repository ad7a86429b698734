package dev.sampan.spec;

/// What a model is asked to do.
public enum Task {
    TEXT_CLASSIFICATION,
    TABULAR_CLASSIFICATION,
    IMAGE_CLASSIFICATION,
    REGRESSION,
    TOKEN_CLASSIFICATION,
    ANOMALY,
    TIMESERIES,
    RECOMMEND,
    /// Pictures like those learnt from.
    IMAGE_GENERATION,
    /// Rows of a table like those learnt from.
    TABLE_GENERATION
}
