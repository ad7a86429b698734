package dev.sampan.limits.internal;

import org.jspecify.annotations.Nullable;

/// What is counted against one limit. Not safe by itself: whoever asks holds the lock of the [Desk] it stands on.
/// The limit comes with each question, since it may change while what was counted stays.
sealed interface Counter permits Bucket, Span, Running {
    /// What [#wait] says when time does not help: more is asked than there is ever room for, or in this window.
    long NEVER = Long.MAX_VALUE;

    /// 0 when there is room for so many, else for how many milliseconds there will be none.
    long wait(long many, long limit, Moment now);

    /// Takes so many, for which there must be room.
    ///
    /// @return where they were taken, for [#settle]
    @Nullable
    Object take(long many, long limit, Moment now);

    /// Of what was taken, so many were used; the rest is free again.
    void settle(@Nullable Object place, long taken, long used);

    long used(long limit, Moment now);

    /// Until nothing is used, when nothing more is taken.
    long resetMillis(long limit, Moment now);
}
