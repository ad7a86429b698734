package dev.sampan.payments.internal.provider;

/// A notification that is not the provider's own, or no longer fresh. The message names the reason, never the
/// content.
public final class Forged extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Forged(String reason) {
        super(reason, null, false, false);
    }
}
