package dev.sampan.model.internal;

import java.util.List;

/// What every classifier's graph reads and answers: the names of Hugging Face's exporters, and the probabilities.
public final class Signature {
    /// (batch, sequence) INT64 each.
    public static final List<String> INPUTS = List.of("input_ids", "attention_mask");

    /// (batch, labels) FLOAT each.
    public static final List<String> OUTPUTS = List.of("logits", "probabilities");

    private Signature() {}
}
