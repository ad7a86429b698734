package dev.sampan.accounts.internal;

import dev.sampan.accounts.Principal;
import dev.sampan.kernel.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Every key in use, in memory, found by the hash of its secret: the door asks at every call.
final class LiveKeys {
    private static final long NEVER = Long.MIN_VALUE;
    private static final long MINUTE_MILLIS = 60_000;

    private final Map<ByteBuffer, Entry> byHash = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Uses uses;

    LiveKeys(InstantSource clock, Uses uses) {
        this.clock = clock;
        this.uses = uses;
    }

    /// Hears of a key's first call, then of one call a minute at most. Must not block.
    interface Uses {
        void used(Principal principal, Instant at, boolean first);
    }

    private record Entry(Principal principal, AtomicLong lastUsedMinute) {}

    /// @param hash of the secret, in hexadecimal
    /// @param lastUsedAt null before the first call
    void add(String hash, Principal principal, @Nullable Instant lastUsedAt) {
        long minute = lastUsedAt == null ? NEVER : lastUsedAt.toEpochMilli() / MINUTE_MILLIS;
        byHash.putIfAbsent(key(hash), new Entry(principal, new AtomicLong(minute)));
    }

    void remove(String hash) {
        byHash.remove(key(hash));
    }

    Optional<Principal> find(String secret) {
        if (!KeySecret.wellFormed(secret)) {
            return Optional.empty();
        }
        byte[] hash = Sha256.digest().digest(secret.getBytes(StandardCharsets.UTF_8));
        Entry entry = byHash.get(ByteBuffer.wrap(hash));
        if (entry == null) {
            return Optional.empty();
        }
        note(entry);
        return Optional.of(entry.principal());
    }

    private void note(Entry entry) {
        long minute = clock.millis() / MINUTE_MILLIS;
        long last = entry.lastUsedMinute().get();
        if (minute > last && entry.lastUsedMinute().compareAndSet(last, minute)) {
            uses.used(entry.principal(), Instant.ofEpochMilli(minute * MINUTE_MILLIS), last == NEVER);
        }
    }

    private static ByteBuffer key(String hash) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hash));
    }
}
