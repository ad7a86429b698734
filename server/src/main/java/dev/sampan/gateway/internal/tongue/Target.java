package dev.sampan.gateway.internal.tongue;

import dev.sampan.spec.SuppliersSpec.Supplier;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Who is asked. Its text shows no key.
///
/// @param model as the supplier names it
/// @param key null where none is asked
public record Target(
        Supplier supplier, String model, @Nullable String key) {
    /// @param scheme before the key, such as `Bearer `
    Map<String, String> signed(String header, String scheme) {
        return key == null ? Map.of() : Map.of(header, scheme + key);
    }

    String version() {
        return Objects.requireNonNull(supplier.apiVersion(), "a kind with versions");
    }

    @Override
    public String toString() {
        return supplier.name() + "/" + model;
    }
}
