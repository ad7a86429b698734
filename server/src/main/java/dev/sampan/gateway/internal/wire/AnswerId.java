package dev.sampan.gateway.internal.wire;

/// What stands at the head of an answer.
///
/// @param id of the call
/// @param created seconds since 1970
public record AnswerId(String id, long created) {}
