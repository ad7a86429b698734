package dev.sampan.accounts.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock set by hand.
final class HandClock implements InstantSource {
    private volatile Instant now;

    HandClock(Instant now) {
        this.now = now;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
