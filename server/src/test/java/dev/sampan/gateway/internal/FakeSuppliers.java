package dev.sampan.gateway.internal;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.Specs;
import dev.sampan.spec.SuppliersSpec;
import dev.sampan.suppliers.Directory;
import dev.sampan.suppliers.internal.SupplierBook;
import dev.sampan.suppliers.internal.SupplierStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Sets of suppliers without a database.
final class FakeSuppliers {
    private FakeSuppliers() {}

    static SupplierBook none() {
        SupplierStore nowhere = new SupplierStore() {
            @Override
            public void add(Ulid version, SuppliersSpec spec, Map<String, String> keys, Instant at, ActorId by) {}

            @Override
            public Optional<Directory> newerThan(Ulid known) {
                return Optional.empty();
            }
        };
        return new SupplierBook(nowhere, () -> (_, _) -> {}, new FakeModels(), InstantSource.system());
    }

    /// @param yaml a `suppliers.yaml`
    static SupplierBook of(String yaml, Map<String, String> keys) {
        SupplierBook book = none();
        book.apply(spec(yaml), keys, new ActorId(new Ulid(9, 9)));
        return book;
    }

    static SuppliersSpec spec(String yaml) {
        try {
            Path file = Files.createTempFile("suppliers", ".yaml");
            try {
                return Specs.readSuppliers(Files.writeString(file, yaml));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
