package dev.sampan.suppliers;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.SuppliersSpec;
import dev.sampan.spec.SuppliersSpec.Model;
import dev.sampan.spec.SuppliersSpec.Supplier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A set of suppliers in force, for looking up on the hot path. Its text shows no key.
public final class Directory {
    public static final Directory EMPTY =
            new Directory(new Ulid(0, 0), new SuppliersSpec(List.of(), List.of()), Map.of());

    private final Ulid version;
    private final SuppliersSpec spec;
    private final Map<String, Model> models;
    private final Map<String, Supplier> suppliers;
    private final Map<String, String> keys;
    private final @Nullable Problem trouble;

    public Directory(Ulid version, SuppliersSpec spec, Map<String, String> keys) {
        this(version, spec, keys, null);
    }

    /// @param trouble why suppliers that want a key cannot be asked
    public Directory(Ulid version, SuppliersSpec spec, Map<String, String> keys, @Nullable Problem trouble) {
        this.trouble = trouble;
        this.version = version;
        this.spec = spec;
        this.models = spec.models().stream().collect(Collectors.toUnmodifiableMap(Model::name, Function.identity()));
        this.suppliers =
                spec.suppliers().stream().collect(Collectors.toUnmodifiableMap(Supplier::name, Function.identity()));
        this.keys = Map.copyOf(keys);
    }

    public Ulid version() {
        return version;
    }

    /// Since when it is in force.
    public Instant since() {
        return Instant.ofEpochMilli(version.epochMillis());
    }

    public SuppliersSpec spec() {
        return spec;
    }

    public @Nullable Model model(String name) {
        return models.get(name);
    }

    public @Nullable Supplier supplier(String name) {
        return suppliers.get(name);
    }

    /// Why suppliers that want a key cannot be asked; null when they can.
    public @Nullable Problem trouble() {
        return trouble;
    }

    public @Nullable String key(String supplier) {
        return keys.get(supplier);
    }
}
