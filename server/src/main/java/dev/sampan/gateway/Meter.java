package dev.sampan.gateway;

import org.jspecify.annotations.Nullable;

/// What is counted of a call and has a price of its own. Codes are stable: they stand in tables and in the
/// journal.
///
/// A token of the prompt is counted under one of its three meters, a token of the answer under one of its two.
public enum Meter {
    /// One input answered by a model of our own.
    UNIT("unit"),
    /// A token of the prompt that no cache of the supplier held and none was filled with.
    INPUT("input"),
    /// A token of the prompt that the supplier had in its cache.
    CACHED_INPUT("cached_input"),
    /// A token of the prompt that the supplier put into its cache.
    CACHE_WRITE("cache_write"),
    /// A token of the answer that was no thinking.
    OUTPUT("output"),
    /// A token of the answer that was thinking.
    REASONING("reasoning"),
    /// An answered call, where calls have a price beside what is counted in them.
    REQUEST("request"),
    /// A picture made.
    IMAGE("image"),
    /// A second of sound, begun ones whole.
    SECOND("second");

    private final String code;

    Meter(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /// For how many of it people state a price.
    public long priced() {
        return tokens() ? 1_000_000 : 1;
    }

    /// Whether it counts tokens, of a prompt or of an answer.
    public boolean tokens() {
        return prompt() || answer();
    }

    /// Whether it counts tokens of a prompt.
    public boolean prompt() {
        return this == INPUT || this == CACHED_INPUT || this == CACHE_WRITE;
    }

    /// Whether it counts tokens of an answer.
    public boolean answer() {
        return this == OUTPUT || this == REASONING;
    }

    /// Whose rate holds where this one has none; null where it is free then.
    public @Nullable Meter instead() {
        if (this == CACHED_INPUT || this == CACHE_WRITE) {
            return INPUT;
        }
        return this == REASONING ? OUTPUT : null;
    }

    /// @throws IllegalArgumentException for a code that no version of this program has written
    public static Meter of(String code) {
        for (Meter meter : values()) {
            if (meter.code.equals(code)) {
                return meter;
            }
        }
        throw new IllegalArgumentException("no meter '" + code + "'");
    }
}
