package dev.sampan.metering.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads groups in order, from the first segment there is. Each group is checked; a gap is never passed over.
final class JournalReader {
    private final JournalDisk disk;
    private final Ulid node;
    private @Nullable Open open;

    JournalReader(JournalDisk disk, Ulid node) {
        this.disk = disk;
        this.node = node;
    }

    /// A segment in memory and where in it the next group begins.
    private static final class Open {
        final long number;
        final String name;
        final ByteBuffer bytes;
        int offset = Format.HEADER_BYTES;
        long next;

        Open(long number, String name, ByteBuffer bytes, long next) {
            this.number = number;
            this.name = name;
            this.bytes = bytes;
            this.next = next;
        }
    }

    /// @param records the group's records, to be read by [Records#read]
    record Group(long segment, long sequence, ByteBuffer records) {}

    /// The next group, or null at the end of what is there.
    ///
    /// @param upTo no later group is looked for: while the journal is being written, the last that is durable
    /// @throws ProblemException `metering.journal_damaged`
    @Nullable
    Group next(long upTo) {
        try {
            while (true) {
                Open at = open;
                if (at == null) {
                    if (!openFirst()) {
                        return null;
                    }
                    continue;
                }
                if (at.next > upTo) {
                    return null;
                }
                Group found = take(at);
                if (found == null) {
                    reload(at);
                    found = take(at);
                }
                if (found != null || !openNext(at)) {
                    return found;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the call journal cannot be read", e);
        }
    }

    /// What [#next] will answer when it is there; 0 before the first segment is known.
    long expected() {
        return open == null ? 0 : open.next;
    }

    /// To be asked at the end: no valid group may follow what could not be read.
    ///
    /// @throws ProblemException `metering.journal_damaged`
    void requireTornTail() {
        if (open != null) {
            int later = Format.laterGroup(open.bytes, open.offset, open.next);
            if (later >= 0) {
                throw damaged(open.name, open.offset, "a sound group follows at byte " + later);
            }
        }
    }

    private static @Nullable Group take(Open at) {
        ByteBuffer records = Format.group(at.bytes, at.offset, at.next);
        if (records == null) {
            return null;
        }
        Group group = new Group(at.number, at.next, records);
        at.offset += Format.GROUP_HEADER_BYTES + records.limit();
        at.next++;
        return group;
    }

    private boolean openFirst() throws IOException {
        for (long number : disk.segments()) {
            Loaded loaded = load(number);
            if (loaded.header != null) {
                open = new Open(number, loaded.name, loaded.bytes, loaded.header.first());
                return true;
            }
            if (Format.laterGroup(loaded.bytes, 0, 0) >= 0) {
                throw damaged(loaded.name, 0, "its header is unreadable and sound groups follow");
            }
        }
        return false;
    }

    private boolean openNext(Open at) throws IOException {
        List<Long> later = disk.segments().stream().filter(n -> n > at.number).toList();
        for (long number : later) {
            Loaded loaded = load(number);
            if (loaded.header == null) {
                if (Format.laterGroup(loaded.bytes, 0, 0) >= 0) {
                    throw damaged(loaded.name, 0, "its header is unreadable and sound groups follow");
                }
                continue; // allocated and never begun
            }
            if (loaded.header.first() != at.next) {
                throw damaged(
                        at.name,
                        at.offset,
                        "group " + at.next + " is missing, the next file begins with group " + loaded.header.first());
            }
            open = new Open(number, loaded.name, loaded.bytes, at.next);
            return true;
        }
        return false;
    }

    private record Loaded(String name, ByteBuffer bytes, Format.@Nullable Header header) {}

    private Loaded load(long number) throws IOException {
        try (JournalDisk.Segment segment = disk.open(number)) {
            ByteBuffer bytes = ByteBuffer.allocate(segment.size());
            segment.read(bytes, 0);
            bytes.flip();
            Format.Header header = Format.Header.read(bytes);
            if (header != null && !header.node().equals(node)) {
                throw damaged(segment.name(), 0, "it belongs to another installation, " + header.node());
            }
            return new Loaded(segment.name(), bytes, header);
        }
    }

    /// The segment may have grown since it was read: reads one group. It may also be gone, read to its end, drained
    /// and deleted; then the next segment tells whether it was the end.
    private void reload(Open at) throws IOException {
        int records = at.offset + Format.GROUP_HEADER_BYTES;
        if (records > at.bytes.capacity()) {
            return;
        }
        try (JournalDisk.Segment segment = disk.open(at.number)) {
            segment.read(at.bytes.limit(records).position(at.offset), at.offset);
            int length = at.bytes.getInt(at.offset + 4);
            if (length > 0 && length <= at.bytes.capacity() - records) {
                segment.read(at.bytes.limit(records + length).position(records), records);
            }
        } catch (NoSuchFileException _) {
            at.bytes.clear();
            return;
        }
        at.bytes.clear();
    }

    private static ProblemException damaged(String file, int offset, String why) {
        return new ProblemException(Problem.of(
                        "metering.journal_damaged",
                        "The call journal is damaged in " + file + " at byte " + offset + ": " + why)
                .remedy("Nothing was changed. Restore this file from a copy of the disk; calls it held are not booked"
                        + " yet"));
    }
}
