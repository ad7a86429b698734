package dev.sampan.kernel;

/// Who did it: a member, an API key or the platform itself.
public record ActorId(Ulid value) {
    /// The platform acting by itself.
    public static final ActorId PLATFORM = new ActorId(new Ulid(0, 0));

    public boolean isPlatform() {
        return equals(PLATFORM);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
