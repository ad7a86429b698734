package dev.sampan.billing.internal;

import dev.sampan.billing.Fund;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Usage;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The slices of this installation, made when a customer's first call comes.
final class Slices {
    private static final Slice.Look NOTHING = new Slice.Look(0, 0, 0);

    private final Map<TenantId, Slice> slices = new ConcurrentHashMap<>();
    private final Map<Ulid, Slice> funds = new ConcurrentHashMap<>();
    private final Stores stores;
    private final Executor background;
    private final InstantSource clock;

    /// Where slices come from.
    record Stores(LeaseStore wallets, LeaseStore funds) {}

    Slices(Stores stores, Executor background, InstantSource clock) {
        this.stores = stores;
        this.background = background;
        this.clock = clock;
    }

    /// Of the wallet.
    Slice of(TenantId tenant) {
        Slice slice = slices.get(tenant);
        return slice != null
                ? slice
                : slices.computeIfAbsent(
                        tenant, made -> new Slice(Pot.wallet(made), stores.wallets, background, clock));
    }

    Slice of(Fund fund) {
        Slice slice = funds.get(fund.id());
        return slice != null
                ? slice
                : funds.computeIfAbsent(
                        fund.id(), made -> new Slice(new Pot(fund.tenant(), made), stores.funds, background, clock));
    }

    Slice.Look look(TenantId tenant) {
        return look(slices.get(tenant));
    }

    Slice.Look look(Fund fund) {
        return look(funds.get(fund.id()));
    }

    private static Slice.Look look(@Nullable Slice slice) {
        return slice == null ? NOTHING : slice.look();
    }

    /// Settlements of earlier runs have no slice: what they spent is off the lease before it is given back.
    void booked(List<Usage> drained) {
        for (Usage usage : drained) {
            Usage.Drawn drawn = usage.drawn();
            @Nullable Slice slice = drawn == null ? slices.get(usage.tenant()) : funds.get(drawn.fund());
            if (slice != null) {
                slice.booked(drawn == null ? usage.amount().nanos() : drawn.count());
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

    /// What is free here of a fund goes back into it. Blocks.
    void comeHome(Fund fund) {
        Slice slice = funds.get(fund.id());
        if (slice != null) {
            slice.comeHome();
        }
    }

    /// Funds that are closed; of which something is still under way here stays.
    void forget(Set<Ulid> closed) {
        closed.forEach(
                fund -> funds.computeIfPresent(fund, (_, slice) -> slice.look().equals(NOTHING) ? null : slice));
    }

    /// What nobody has used since this was last done goes back, so that other installations can spend it.
    void idleComeHome() {
        Stream.concat(slices.values().stream(), funds.values().stream())
                .filter(slice -> !slice.used() && slice.look().free() > 0)
                .forEach(Slice::comeHome);
    }

    /// Before the first call and after the last: nothing is in use here.
    void giveBackAll() {
        stores.wallets.giveBackAll();
        stores.funds.giveBackAll();
        slices.clear();
        funds.clear();
    }
}
