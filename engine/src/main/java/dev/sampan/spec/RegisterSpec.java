package dev.sampan.spec;

/// Block `register`: the shelf's name and the alias that moves to the new version.
public record RegisterSpec(String name, String alias) {}
