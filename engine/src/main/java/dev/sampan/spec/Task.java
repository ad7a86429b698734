package dev.sampan.spec;

/// What a model is asked to do.
public enum Task {
    TEXT_CLASSIFICATION
}
