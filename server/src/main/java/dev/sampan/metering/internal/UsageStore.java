package dev.sampan.metering.internal;

import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Booking;

/// Where the drainer puts usage, a port: PostgreSQL in production.
interface UsageStore {
    /// Sequence of the last journal group of the node that is stored; 0 before the first.
    long drained(Ulid node);

    /// Stores the rows that are not there, has them booked, and moves the position: all of it or nothing.
    /// Does nothing when the position is there already.
    ///
    /// @param upTo sequence of the last group the batch comes from
    /// @throws dev.sampan.database.DatabaseAway perhaps stored, perhaps not: the same batch is to be given
    ///     again
    void store(Booking.Batch batch, long upTo);
}
