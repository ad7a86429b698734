package dev.sampan.spec.internal;

import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// How one kind of value is read, written and described.
interface Type<T> {
    /// The value, or null after telling at least one problem.
    @Nullable
    T read(Spot spot);

    /// What [Tree#of] and this type read back to an equal value: strings, numbers, truth values, lists, maps.
    Object write(T value);

    /// JSON Schema (draft 2020-12).
    Map<String, Object> schema();

    /// Visits every field below, with the path of the block that holds it.
    default void walk(String path, BiConsumer<String, Field<?, ?>> visitor) {}
}
