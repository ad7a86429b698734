package dev.sampan.metering.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// The files of the journal, a port: a folder in production; in the simulator a disk that forgets what was
/// not forced, is full, or fails.
interface JournalDisk {
    /// Numbers of the segments there are, ascending.
    List<Long> segments() throws IOException;

    /// A new segment of zeros, allocated in full and durable with its name when this returns.
    Segment create(long number, int bytes) throws IOException;

    Segment open(long number) throws IOException;

    void delete(long number) throws IOException;

    /// One file of fixed size.
    interface Segment extends Closeable {
        /// For messages.
        String name();

        int size() throws IOException;

        /// All of `bytes`.
        void write(ByteBuffer bytes, int position) throws IOException;

        /// What was written before is durable when this returns.
        void force() throws IOException;

        /// As many bytes as fit, from `position`; fewer at the end of the file.
        void read(ByteBuffer into, int position) throws IOException;
    }
}
