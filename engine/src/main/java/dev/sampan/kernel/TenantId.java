package dev.sampan.kernel;

/// The organisation whose data a row is.
public record TenantId(Ulid value) {
    public static TenantId parse(String text) {
        return new TenantId(Ulid.parse(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
