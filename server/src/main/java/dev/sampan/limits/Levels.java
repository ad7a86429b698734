package dev.sampan.limits;

import org.jspecify.annotations.Nullable;

/// How the tightest limits of a call stand, as its answer says.
///
/// @param requests null where they are not limited
public record Levels(@Nullable Level requests, @Nullable Level tokens) {
    public static final Levels NONE = new Levels(null, null);

    /// @param remaining none below 0
    /// @param resetMillis until nothing of it is used, if nothing more is asked
    public record Level(long limit, long remaining, long resetMillis) {}
}
