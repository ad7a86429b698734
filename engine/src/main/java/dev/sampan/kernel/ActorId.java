package dev.sampan.kernel;

/// Who did it: a member, an API key or the platform itself.
public record ActorId(Ulid value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
