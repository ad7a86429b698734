package dev.sampan.database.internal.backup;

import java.util.regex.Pattern;

/// A piece of PostgreSQL's write-ahead log, of 16 MiB as `initdb` makes it, and the name of its file: timeline and
/// number as 24 hexadecimal digits (`XLogFileName` of PostgreSQL's `xlog_internal.h`).
record WalSegment(int timeline, long number) {
    static final long BYTES = 16L << 20;
    private static final long PER_ID = (1L << 32) / BYTES;
    private static final Pattern NAME = Pattern.compile("[0-9A-F]{24}");

    /// @param position in the log, as PostgreSQL's `pg_lsn`
    static WalSegment at(int timeline, long position) {
        return new WalSegment(timeline, Long.divideUnsigned(position, BYTES));
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static WalSegment named(String name) {
        return new WalSegment(
                Integer.parseUnsignedInt(name, 0, 8, 16),
                Long.parseUnsignedLong(name, 8, 16, 16) * PER_ID + Long.parseUnsignedLong(name, 16, 24, 16));
    }

    String name() {
        return String.format("%08X%08X%08X", timeline, number / PER_ID, number % PER_ID);
    }

    long start() {
        return number * BYTES;
    }

    WalSegment next() {
        return new WalSegment(timeline, number + 1);
    }
}
