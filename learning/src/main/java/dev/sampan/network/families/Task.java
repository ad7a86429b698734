package dev.sampan.network.families;

/// What a network is for.
public enum Task {
    /// States of each token: no head.
    ENCODE,
    /// One answer for a text.
    CLASSIFY,
    /// One answer for each token.
    TAG,
    /// A word in place of each token.
    MASKED_LANGUAGE,
    /// The next token.
    CAUSAL_LANGUAGE,
    /// The next token of a second text, given a first.
    SEQUENCE_TO_SEQUENCE
}
