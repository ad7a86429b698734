package dev.sampan.suppliers.internal;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.SuppliersSpec;
import dev.sampan.suppliers.Directory;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Sets of suppliers; the newest is in force.
public interface SupplierStore {
    void add(Ulid version, SuppliersSpec spec, Map<String, String> keys, Instant at, ActorId by);

    /// The newest set, when it is a newer one.
    Optional<Directory> newerThan(Ulid known);
}
