package dev.sampan.metering.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A disk that forgets at a power failure, page by page, what was not forced; that can be full; that can fail.
public final class SimulatedDisk implements JournalDisk {
    private static final int PAGE = 512;

    private final TreeMap<Long, Bytes> files = new TreeMap<>();
    private final Map<Long, Bytes> deletedNotForced = new TreeMap<>();
    private boolean full;
    private boolean failing;

    private static final class Bytes {
        byte[] seen;
        final TreeMap<Integer, byte[]> durablePages = new TreeMap<>();

        Bytes(int size) {
            seen = new byte[size];
        }

        /// Keeps what the page held when it was last durable.
        void dirty(int from, int to) {
            for (int page = from / PAGE; page <= (to - 1) / PAGE; page++) {
                int start = page * PAGE;
                durablePages.computeIfAbsent(
                        page, _ -> java.util.Arrays.copyOfRange(seen, start, Math.min(start + PAGE, seen.length)));
            }
        }
    }

    public void full(boolean is) {
        full = is;
    }

    public void failing(boolean is) {
        failing = is;
    }

    /// The process dies, the machine lives: everything written stays.
    public void processDies() {
        failing = false;
    }

    /// Each page that was not forced is kept or lost; each deletion too.
    public void powerFails(RandomGenerator random) {
        failing = false;
        for (Bytes file : files.values()) {
            file.durablePages.forEach((page, bytes) -> {
                if (random.nextBoolean()) {
                    System.arraycopy(bytes, 0, file.seen, page * PAGE, bytes.length);
                }
            });
            file.durablePages.clear();
        }
        deletedNotForced.forEach((number, file) -> {
            if (random.nextInt(4) == 0) {
                files.putIfAbsent(number, file);
            }
        });
        deletedNotForced.clear();
    }

    public List<Long> numbers() {
        return List.copyOf(files.keySet());
    }

    public void flip(long number, int offset) {
        Bytes file = files.get(number);
        if (file == null) {
            throw new IllegalArgumentException("no segment " + number);
        }
        file.seen[offset] ^= 0x40;
    }

    @Override
    public List<Long> segments() {
        return new ArrayList<>(files.keySet());
    }

    @Override
    public Segment create(long number, int bytes) throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
        files.put(number, new Bytes(bytes));
        return open(number);
    }

    @Override
    public Segment open(long number) throws IOException {
        Bytes file = files.get(number);
        if (file == null) {
            throw new NoSuchFileException("segment " + number);
        }
        return new Open(number, file);
    }

    @Override
    public void delete(long number) {
        Bytes gone = files.remove(number);
        if (gone != null) {
            deletedNotForced.put(number, gone);
        }
    }

    private final class Open implements Segment {
        private final long number;
        private final Bytes file;

        Open(long number, Bytes file) {
            this.number = number;
            this.file = file;
        }

        @Override
        public String name() {
            return "segment " + number;
        }

        @Override
        public int size() {
            return file.seen.length;
        }

        @Override
        public void write(ByteBuffer bytes, int position) throws IOException {
            requireSound();
            file.dirty(position, position + bytes.remaining());
            bytes.get(file.seen, position, bytes.remaining());
        }

        @Override
        public void force() throws IOException {
            requireSound();
            file.durablePages.clear();
        }

        private void requireSound() throws IOException {
            if (failing) {
                throw new IOException("Input/output error");
            }
        }

        @Override
        public void read(ByteBuffer into, int position) {
            into.put(file.seen, position, Math.min(into.remaining(), file.seen.length - position));
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
