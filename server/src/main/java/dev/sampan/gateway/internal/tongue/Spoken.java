package dev.sampan.gateway.internal.tongue;

import java.util.Map;

/// A request as its supplier wants it.
///
/// @param path below the supplier's base address, with its query
/// @param headers those that say who asks and in which version; everybody's are added
public record Spoken(String path, Map<String, String> headers, byte[] body) {}
