package dev.sampan.suppliers.internal;

import dev.sampan.database.Watch;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import dev.sampan.serving.PublicNames;
import dev.sampan.serving.Serving;
import dev.sampan.spec.SuppliersSpec;
import dev.sampan.spec.SuppliersSpec.Model;
import dev.sampan.spec.SuppliersSpec.Supplier;
import dev.sampan.suppliers.Directory;
import dev.sampan.suppliers.Pricing;
import dev.sampan.suppliers.Suppliers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.context.SmartLifecycle;

/// The set in force on this node: kept in PostgreSQL, looked for every two seconds, asked from memory.
public final class SupplierBook implements Suppliers, PublicNames, SmartLifecycle {
    private final SupplierStore store;
    private final java.util.function.Supplier<Pricing> prices;
    private final Serving serving;
    private final InstantSource clock;
    private volatile Directory inForce = Directory.EMPTY;
    private final Watch watch = Watch.every(Duration.ofSeconds(2), "suppliers", this::look);

    public SupplierBook(
            SupplierStore store, java.util.function.Supplier<Pricing> prices, Serving serving, InstantSource clock) {
        this.store = store;
        this.prices = prices;
        this.serving = serving;
        this.clock = clock;
    }

    @Override
    public Directory directory() {
        return inForce;
    }

    @Override
    public boolean taken(String publicModel) {
        return inForce.model(publicModel) != null;
    }

    @Override
    public synchronized Ulid apply(SuppliersSpec spec, Map<String, String> keys, ActorId by) {
        for (Supplier supplier : spec.suppliers()) {
            if (supplier.keyVariable() != null
                    && keys.getOrDefault(supplier.name(), "").isBlank()) {
                throw new ProblemException(
                        Problem.of("suppliers.missing_key", "The supplier '" + supplier.name() + "' has no key")
                                .remedy("Set the environment variable " + supplier.keyVariable()
                                        + " and apply the file again, or leave api_key_env out where none is asked"));
            }
        }
        for (Model model : spec.models()) {
            if (serving.live(model.name()).isPresent()) {
                throw new ProblemException(
                        Problem.of("suppliers.name_taken", "A model of your own answers as '" + model.name() + "'")
                                .remedy("Choose another name for it in the file"));
            }
        }
        spec.models().stream()
                .filter(model -> model.price() != null)
                .forEach(model -> prices.get().price(model, by));
        Ulid version = Ulid.next();
        store.add(version, spec, keys, clock.instant(), by);
        inForce = new Directory(version, spec, keys);
        return version;
    }

    private void look() {
        store.newerThan(inForce.version()).ifPresent(this::take);
    }

    private synchronized void take(Directory newer) {
        if (newer.version().compareTo(inForce.version()) > 0) {
            inForce = newer;
        }
    }

    @Override
    public void start() {
        watch.look();
        watch.start();
    }

    @Override
    public void stop() {
        watch.stop();
    }

    @Override
    public boolean isRunning() {
        return watch.running();
    }
}
