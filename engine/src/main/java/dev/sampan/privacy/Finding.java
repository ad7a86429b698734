package dev.sampan.privacy;

/// Personal data in a text.
///
/// @param start first UTF-16 unit
/// @param end the unit behind the last
public record Finding(PersonalData kind, int start, int end) {}
