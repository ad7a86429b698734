package dev.sampan.gateway.internal.wire;

/// How a caller speaks. Suppliers are always spoken to in OpenAI's way.
public enum Dialect {
    OPENAI,
    /// Anthropic's Messages API: `POST /v1/messages`.
    ANTHROPIC
}
