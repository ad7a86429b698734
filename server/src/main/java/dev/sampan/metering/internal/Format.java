package dev.sampan.metering.internal;

import dev.sampan.kernel.Ulid;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The journal's format, all numbers big-endian.
///
/// ```
/// segment = header group* zeros          8 MiB, allocated before it is used
/// header  = "SAMPANJ1" node:16 number:8 first:8 crc:4
/// group   = "SGRP" length:4 sequence:8 crc:4 record*      written by one write, made durable by one force
/// record  = see [Records]
/// ```
///
/// A group is written only after the one before it is durable, so at most the last group can be torn; its
/// checksum covers sequence, length and records, so a torn group is invalid as a whole, and nobody was told
/// of it. Sequences are consecutive through all segments, and a header names the first of its segment. Hence:
/// whatever is invalid is a torn tail when nothing with its sequence or a later one follows, in this segment
/// or the next, except that a new segment begins exactly with the sequence that is missing (written after a
/// restart). Anything else is damage.
final class Format {
    static final int SEGMENT_BYTES = 8 << 20;
    static final int HEADER_BYTES = 44;
    static final int GROUP_HEADER_BYTES = 20;
    private static final long SEGMENT_MAGIC = 0x53414D50414E4A31L; // SAMPANJ1
    private static final int GROUP_MAGIC = 0x53475250; // SGRP

    private Format() {}

    /// Which segment it is, and the sequence of its first group.
    record Header(Ulid node, long number, long first) {
        void write(ByteBuffer to) {
            int start = to.position();
            to.putLong(SEGMENT_MAGIC).putLong(node.high()).putLong(node.low());
            to.putLong(number).putLong(first);
            to.putInt(crc(to.slice(start, HEADER_BYTES - 4)));
        }

        /// Null when `from`, of [#HEADER_BYTES] bytes, is no valid header.
        static @Nullable Header read(ByteBuffer from) {
            if (from.remaining() < HEADER_BYTES || from.getLong(0) != SEGMENT_MAGIC) {
                return null;
            }
            if (from.getInt(HEADER_BYTES - 4) != crc(from.slice(0, HEADER_BYTES - 4))) {
                return null;
            }
            return new Header(new Ulid(from.getLong(8), from.getLong(16)), from.getLong(24), from.getLong(32));
        }
    }

    /// Fills in the header of the group that lies in `group` from its start to its position, leaving the rest
    /// of the header's room before the records.
    static void seal(ByteBuffer group, long sequence) {
        int length = group.position() - GROUP_HEADER_BYTES;
        group.putInt(0, GROUP_MAGIC).putInt(4, length).putLong(8, sequence);
        group.putInt(16, groupCrc(group, 0, length));
    }

    /// The records of the valid group at `offset`, or null when there is none. `segment` holds the whole segment.
    static @Nullable ByteBuffer group(ByteBuffer segment, int offset, long sequence) {
        Long found = sequenceAt(segment, offset);
        return found == null || found != sequence
                ? null
                : segment.slice(offset + GROUP_HEADER_BYTES, segment.getInt(offset + 4));
    }

    /// Looks for a valid group from `offset` on whose sequence is at least `sequence`.
    ///
    /// @return its offset, or −1
    static int laterGroup(ByteBuffer segment, int offset, long sequence) {
        for (int at = offset; at <= segment.limit() - GROUP_HEADER_BYTES; at++) {
            if (segment.getInt(at) == GROUP_MAGIC) {
                Long found = sequenceAt(segment, at);
                if (found != null && found >= sequence) {
                    return at;
                }
            }
        }
        return -1;
    }

    private static @Nullable Long sequenceAt(ByteBuffer segment, int offset) {
        int room = segment.limit() - offset - GROUP_HEADER_BYTES;
        if (room < 0 || segment.getInt(offset) != GROUP_MAGIC) {
            return null;
        }
        int length = segment.getInt(offset + 4);
        if (length < 0 || length > room || segment.getInt(offset + 16) != groupCrc(segment, offset, length)) {
            return null;
        }
        return segment.getLong(offset + 8);
    }

    private static int groupCrc(ByteBuffer bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(offset + 4, 12));
        crc.update(bytes.slice(offset + GROUP_HEADER_BYTES, length));
        return (int) crc.getValue();
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
