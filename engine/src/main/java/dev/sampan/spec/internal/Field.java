package dev.sampan.spec.internal;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One line of the table: a key of a block.
///
/// @param <R> the record that holds it
/// @param description one sentence, shown in the JSON Schema
/// @param fallback what stands when the key is absent; null for [Presence#REQUIRED], and where the block's builder
///     decides or nothing is meant
/// @param aliases other names it is known by in other tools
record Field<R, T>(
        String name,
        Type<T> type,
        String description,
        Presence presence,
        @Nullable T fallback,
        List<String> aliases,
        Function<R, @Nullable T> getter) {
    enum Presence {
        REQUIRED,
        DEFAULTED,
        /// Absent or null is a value of its own.
        NULLABLE,
        /// Absent means what the block's builder makes of the other keys.
        DERIVED
    }

    static <R, T> Field<R, T> required(String name, Type<T> type, String description, Function<R, T> getter) {
        return new Field<>(name, type, description, Presence.REQUIRED, null, List.of(), getter);
    }

    static <R, T> Field<R, T> of(String name, Type<T> type, T fallback, String description, Function<R, T> getter) {
        return new Field<>(name, type, description, Presence.DEFAULTED, fallback, List.of(), getter);
    }

    /// A block in which every key has a default.
    static <R, T> Field<R, T> block(String name, Block<T> type, String description, Function<R, T> getter) {
        return of(name, type, type.defaults(), description, getter);
    }

    static <R, T> Field<R, T> nullable(String name, Type<T> type, String description, Function<R, @Nullable T> getter) {
        return new Field<>(name, type, description, Presence.NULLABLE, null, List.of(), getter);
    }

    static <R, T> Field<R, T> derived(String name, Type<T> type, String description, Function<R, T> getter) {
        return new Field<>(name, type, description, Presence.DERIVED, null, List.of(), getter);
    }

    Field<R, T> alias(String alias) {
        return new Field<>(name, type, description, presence, fallback, List.of(alias), getter);
    }

    boolean answersTo(String key) {
        return name.equals(key) || aliases.contains(key);
    }

    /// What [Specs#toTree] puts under the key.
    @Nullable
    Object write(R owner) {
        T value = getter.apply(owner);
        return value == null ? null : type.write(value);
    }
}
