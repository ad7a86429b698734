package dev.sampan.gateway;

/// What is counted of a call and has a price of its own. Codes are stable: they stand in tables and in the journal.
public enum Meter {
    /// One input answered by a model of our own.
    UNIT("unit"),
    /// A token of the prompt that no cache of the supplier held.
    INPUT("input"),
    /// A token of the prompt that the supplier had in its cache.
    CACHED_INPUT("cached_input"),
    /// A token of the answer, reasoning included.
    OUTPUT("output");

    private final String code;

    Meter(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /// For how many of it people state a price.
    public long priced() {
        return this == UNIT ? 1 : 1_000_000;
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
