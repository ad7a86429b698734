package dev.sampan.metering.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a journal holds when the platform starts: the whole of it is read and checked once.
///
/// @param last sequence of the last group; 0 when there is none
/// @param lastBySegment of each segment that is kept
/// @param segment number of the last segment; 0 when there is none
/// @param orphans calls with a hold and no end: they were running when the platform stopped
record Recovery(long last, TreeMap<Long, Long> lastBySegment, long segment, Set<Ulid> orphans) {

    /// Removes what was allocated and never begun, or begun and torn before its first group was whole.
    ///
    /// @param drained sequence of the last group that is in the database
    /// @throws ProblemException `metering.journal_damaged`, `metering.journal_gap`, `metering.journal_old`
    static Recovery of(JournalDisk disk, Ulid node, long drained) throws IOException {
        dropObsolete(disk, drained);
        JournalReader reader = new JournalReader(disk, node);
        TreeMap<Long, Long> lastBySegment = new TreeMap<>();
        Set<Ulid> orphans = new LinkedHashSet<>();
        long last = 0;
        for (JournalReader.@Nullable Group group = reader.next(Long.MAX_VALUE);
                group != null;
                group = reader.next(Long.MAX_VALUE)) {
            if (last == 0 && group.sequence() > drained + 1) {
                throw gap(drained, group.sequence());
            }
            last = group.sequence();
            lastBySegment.put(group.segment(), last);
            Records.read(group.records(), read -> note(read, orphans));
        }
        reader.requireTornTail();
        List<Long> segments = disk.segments();
        if (last == 0) {
            last = reader.expected() == 0 ? drained : reader.expected() - 1;
        }
        if (last < drained) {
            throw old(drained, last);
        }
        for (long number : segments) {
            if (lastBySegment.containsKey(number)) {
                force(disk, number);
            } else {
                disk.delete(number);
            }
        }
        return new Recovery(last, lastBySegment, segments.isEmpty() ? 0 : segments.getLast(), orphans);
    }

    /// Segments before the one that holds the first group of interest. They were deleted before, but a
    /// deletion may be forgotten when the power fails, of any of them.
    private static void dropObsolete(JournalDisk disk, long drained) throws IOException {
        long first = 0;
        for (long number : disk.segments()) {
            try (JournalDisk.Segment segment = disk.open(number)) {
                ByteBuffer bytes = ByteBuffer.allocate(Format.HEADER_BYTES);
                segment.read(bytes, 0);
                Format.Header header = Format.Header.read(bytes.flip());
                first = header != null && header.first() <= drained + 1 ? number : first;
            }
        }
        for (long number : disk.segments()) {
            if (number < first) {
                disk.delete(number);
            }
        }
    }

    /// After `kill -9` the last group may be in the page cache alone: it counts from now on, so it must last.
    private static void force(JournalDisk disk, long number) throws IOException {
        try (JournalDisk.Segment segment = disk.open(number)) {
            segment.force();
        }
    }

    private static void note(Records.Record read, Set<Ulid> orphans) {
        switch (read) {
            case Records.Hold hold -> orphans.add(hold.requestId());
            case Records.Settle settle -> orphans.remove(settle.usage().requestId());
            case Records.Release release -> orphans.remove(release.requestId());
        }
    }

    private static ProblemException gap(long drained, long first) {
        return new ProblemException(Problem.of(
                        "metering.journal_gap",
                        "The database holds the call journal up to group " + drained
                                + ", the journal begins with group " + first)
                .remedy("The database is older than the journal: restore a newer backup of it"));
    }

    private static ProblemException old(long drained, long last) {
        return new ProblemException(Problem.of(
                        "metering.journal_old",
                        "The call journal ends with group " + last + ", but the database holds it up to group "
                                + drained)
                .remedy("The journal's folder is an old copy: put the current one back"));
    }
}
