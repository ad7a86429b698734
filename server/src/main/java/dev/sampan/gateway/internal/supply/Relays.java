package dev.sampan.gateway.internal.supply;

import dev.sampan.gateway.internal.wire.Models;
import dev.sampan.gateway.internal.wire.ProxiedRequest;
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
    private final Health health;
    private final AtomicInteger drains = new AtomicInteger();

    public Relays(Suppliers suppliers, SupplierClient client, Health health) {
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
        new Relay(this, asked, caller).start();
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
