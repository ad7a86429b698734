package dev.sampan.gateway.internal.supply;

import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.gateway.internal.wire.Models;
import dev.sampan.gateway.internal.wire.ProxiedRequest;
import dev.sampan.kernel.Sha256;
import dev.sampan.spec.SuppliersSpec.Model;
import dev.sampan.spec.SuppliersSpec.Use;
import dev.sampan.suppliers.Directory;
import dev.sampan.suppliers.Suppliers;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Brings answers from suppliers to callers.
public final class Relays implements Models {
    /// Answers that are read to their end though nobody waits for them.
    private static final int DRAINS_MAX = 64;

    private final Suppliers suppliers;
    private final SupplierClient client;
    /// Who answered, in rows of usage.
    private static final String CACHE = "cache";

    private final Health health;
    private final AnswerCache cache;
    private final AtomicInteger drains = new AtomicInteger();

    public Relays(Suppliers suppliers, SupplierClient client, Health health, AnswerCache cache) {
        this.cache = cache;
        this.suppliers = suppliers;
        this.health = health;
        this.client = client;
    }

    @Override
    public @Nullable Model named(String name) {
        return suppliers.directory().model(name);
    }

    @Override
    public @Nullable Model first(Use use) {
        for (Model model : suppliers.directory().spec().models()) {
            if (model.uses().contains(use)) {
                return model;
            }
        }
        return null;
    }

    public SupplierClient client() {
        return client;
    }

    /// Ends with one of the ends of `caller`.
    public void run(ProxiedRequest asked, Caller caller) {
        Sha256 key = asked.model().cache() == null || caller.wantsNew()
                ? null
                : AnswerCache.key(caller.tenant(), directory().version(), asked);
        AnswerCache.Kept kept = key == null ? null : cache.find(key);
        if (kept != null) {
            recall(kept, caller);
        } else if (key == null) {
            new Relay(this, asked, caller).start();
        } else {
            String id = caller.id().toString();
            Caller keeping = new KeepingCaller(caller, (answer, type) -> cache.keep(key, answer, type, asked, id));
            new Relay(this, asked, keeping).start();
        }
    }

    /// An answer that was kept costs what a call costs, where calls have a price, and no tokens.
    private static void recall(AnswerCache.Kept kept, Caller caller) {
        caller.recalled();
        if (kept.stream()) {
            caller.begin(kept.type());
        }
        byte[] answer = kept.under(caller.id().toString());
        Quantities used = Quantities.NONE.with(Meter.REQUEST, 1);
        caller.finish(new Caller.Rest(answer, kept.type()), used, new Supply(CACHE, null, Supply.Source.PROVIDER));
    }

    Directory directory() {
        return suppliers.directory();
    }

    Health health() {
        return health;
    }

    boolean enterDrain() {
        if (drains.incrementAndGet() <= DRAINS_MAX) {
            return true;
        }
        drains.decrementAndGet();
        return false;
    }

    void leaveDrain() {
        drains.decrementAndGet();
    }
}
