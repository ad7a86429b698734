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

/// Every key in use, in memory, found by the hash of its secret: the door asks at every call. A look-up on the hash
/// compares no secret, so its time tells nothing about one.
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

    /// Hears of one use of a key a minute at most. Must not block.
    interface Uses {
        /// @param first to the knowledge of this node
        void used(Principal principal, Instant minute, boolean first);
    }

    /// @param found what the door is answered, made once; empty for a revoked key. That one is remembered, so that an
    ///     older word that it was made, arriving late, does not open the door again.
    private record Entry(long changed, Optional<Principal> found, AtomicLong lastUsedMinute) {}

    /// Takes a key as it stands in the database, unless a newer state of it is known.
    void take(KeyStore.Known key) {
        Instant used = key.lastUsedAt();
        long minute = used == null ? NEVER : used.toEpochMilli() / MINUTE_MILLIS;
        Optional<Principal> found = key.revoked() ? Optional.empty() : Optional.of(key.principal());
        Entry entry = new Entry(key.changed(), found, new AtomicLong(minute));
        byHash.merge(
                ByteBuffer.wrap(HexFormat.of().parseHex(key.hash())),
                entry,
                (known, taken) -> taken.changed() > known.changed() ? taken : known);
    }

    Optional<Principal> find(String secret) {
        if (!KeySecret.hasLength(secret)) {
            return Optional.empty();
        }
        byte[] letters = secret.getBytes(StandardCharsets.UTF_8);
        if (!KeySecret.wellFormed(letters)) {
            return Optional.empty();
        }
        Entry entry = byHash.get(ByteBuffer.wrap(Sha256.digest().digest(letters)));
        if (entry == null) {
            return Optional.empty();
        }
        entry.found().ifPresent(principal -> note(entry, principal));
        return entry.found();
    }

    private void note(Entry entry, Principal principal) {
        long minute = clock.millis() / MINUTE_MILLIS;
        long last = entry.lastUsedMinute().get();
        if (minute > last && entry.lastUsedMinute().compareAndSet(last, minute)) {
            uses.used(principal, Instant.ofEpochMilli(minute * MINUTE_MILLIS), last == NEVER);
        }
    }
}
