package dev.sampan.gateway.internal.wire;

/// How a caller speaks.
public enum Dialect {
    OPENAI,
    /// Anthropic's Messages API: `POST /v1/messages`.
    ANTHROPIC,
    /// OpenAI's Responses: `POST /v1/responses`.
    RESPONSES,
    /// OpenAI's, where an answer is no text: what is cut cannot say so.
    BYTES
}
