package dev.sampan.metering.internal;

import org.springframework.jdbc.core.simple.JdbcClient;

/// Sequences are given out before commit, so a greater one may become visible first when several nodes drain.
/// Drains share this gate; whoever needs to know that all rows up to a number are there closes it for a
/// moment.
final class DrainGate {
    /// "metering" as a number of eight bytes: the key of the advisory lock.
    private static final long KEY = 0x6D65746572696E67L;

    private DrainGate() {}

    static void enter(JdbcClient tx) {
        tx.sql("select pg_advisory_xact_lock_shared(?) is null")
                .param(KEY)
                .query(Boolean.class)
                .single();
    }

    static void close(JdbcClient tx) {
        tx.sql("select pg_advisory_xact_lock(?) is null")
                .param(KEY)
                .query(Boolean.class)
                .single();
    }
}
