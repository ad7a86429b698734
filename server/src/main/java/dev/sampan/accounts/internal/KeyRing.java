package dev.sampan.accounts.internal;

import dev.sampan.accounts.KeyUsed;
import dev.sampan.accounts.Principal;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The keys in use: known in memory, kept in PostgreSQL. Uses are gathered here and written by whoever calls
/// [#writeUses]; changes made elsewhere come in by [#catchUp].
final class KeyRing {
    private final KeyStore store;
    private final LiveKeys live;
    private final Consumer<KeyUsed> firstUse;
    private final Map<Ulid, Use> unwritten = new ConcurrentHashMap<>();
    private final Semaphore wakes = new Semaphore(0);
    private long seen;

    /// @param firstUse hears once in the life of a key
    KeyRing(KeyStore store, InstantSource clock, Consumer<KeyUsed> firstUse) {
        this.store = store;
        this.firstUse = firstUse;
        this.live = new LiveKeys(clock, this::gather);
        // In this order: what is changed in between is seen twice, not overlooked.
        this.seen = store.lastChange();
        store.inUse().forEach(live::take);
    }

    private record Use(TenantId tenant, Instant minute) {}

    /// On the hot path.
    Optional<Principal> find(String secret) {
        return live.find(secret);
    }

    /// What this node changed itself is in effect at once.
    void take(KeyStore.Known key) {
        live.take(key);
    }

    /// Takes over what any node made or revoked since the last look: nothing is overlooked, however long ago that was.
    /// Also what this node did itself when the database broke at the commit and the answer was lost.
    synchronized void catchUp() {
        for (KeyStore.Known key : store.changedAfter(seen)) {
            live.take(key);
            seen = key.changed();
        }
    }

    private void gather(Principal principal, Instant minute, boolean first) {
        unwritten.put(principal.keyId(), new Use(principal.tenant(), minute));
        if (first) {
            wake();
        }
    }

    /// Ends a wait for a first use.
    void wake() {
        wakes.release();
    }

    /// Until a key is used for the first time, at most so long.
    void awaitFirstUse(long millis) throws InterruptedException {
        if (wakes.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            wakes.drainPermits();
        }
    }

    /// Writes the uses gathered since the last time; they stay gathered when the database is away.
    synchronized void writeUses() {
        Map<Ulid, Use> uses = Map.copyOf(unwritten);
        if (uses.isEmpty()) {
            return;
        }
        Map<Ulid, Instant> minutes = new HashMap<>();
        uses.forEach((key, use) -> minutes.put(key, use.minute()));
        Set<Ulid> first = store.used(minutes);
        uses.forEach(unwritten::remove); // not a later use that came meanwhile
        first.forEach(key ->
                Optional.ofNullable(uses.get(key)).ifPresent(use -> firstUse.accept(new KeyUsed(use.tenant(), key))));
    }
}
