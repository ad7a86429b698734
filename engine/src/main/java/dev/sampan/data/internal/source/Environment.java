package dev.sampan.data.internal.source;

import org.jspecify.annotations.Nullable;

/// Variables of the environment; a system property `sampan.env.NAME` stands before one, since a Java program
/// cannot change its own environment.
final class Environment {
    private Environment() {}

    static @Nullable String get(String name) {
        String property = System.getProperty("sampan.env." + name);
        return property == null ? System.getenv(name) : property;
    }
}
