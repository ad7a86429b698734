package dev.sampan.network.families;

/// Names of what networks answer, as the reference has them.
final class Outputs {
    static final String STATES = "last_hidden_state";
    static final String POOLED = "pooler_output";
    static final String LOGITS = "logits";

    private Outputs() {}
}
