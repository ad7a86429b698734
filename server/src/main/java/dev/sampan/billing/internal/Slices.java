package dev.sampan.billing.internal;

import dev.sampan.kernel.TenantId;
import dev.sampan.metering.Usage;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The slices of this installation, made when a customer's first call comes.
final class Slices {
    private static final Slice.Look NOTHING = new Slice.Look(0, 0, 0);

    private final Map<TenantId, Slice> slices = new ConcurrentHashMap<>();
    private final LeaseStore store;
    private final Executor background;
    private final InstantSource clock;

    Slices(LeaseStore store, Executor background, InstantSource clock) {
        this.store = store;
        this.background = background;
        this.clock = clock;
    }

    Slice of(TenantId tenant) {
        Slice slice = slices.get(tenant);
        return slice != null
                ? slice
                : slices.computeIfAbsent(tenant, made -> new Slice(made, store, background, clock));
    }

    Slice.Look look(TenantId tenant) {
        Slice slice = slices.get(tenant);
        return slice == null ? NOTHING : slice.look();
    }

    /// Settlements of earlier runs have no slice: what they spent is off the lease before it is given back.
    void booked(List<Usage> drained) {
        for (Usage usage : drained) {
            @Nullable Slice slice = slices.get(usage.tenant());
            if (slice != null) {
                slice.booked(usage.amount().nanos());
            }
        }
    }

    void refreshed(TenantId tenant) {
        Slice slice = slices.get(tenant);
        if (slice != null) {
            slice.refreshed();
        }
    }

    /// What is free here of a customer's money goes back into the wallet. Blocks.
    void comeHome(TenantId tenant) {
        Slice slice = slices.get(tenant);
        if (slice != null) {
            slice.comeHome();
        }
    }

    /// What nobody has used since this was last done goes back, so that other installations can spend it.
    void idleComeHome() {
        slices.values().stream()
                .filter(slice -> !slice.used() && slice.look().free() > 0)
                .forEach(Slice::comeHome);
    }

    /// Before the first call and after the last: nothing is in use here.
    void giveBackAll() {
        store.giveBackAll();
        slices.clear();
    }
}
