package dev.sampan.gateway.internal.wire;

import dev.sampan.gateway.Quantities;
import org.jspecify.annotations.Nullable;

/// A supplier's stream as it comes in, made its caller's event by event. What ends an answer is kept back: it
/// leaves when the call is paid.
public interface Incoming {
    /// @param data of one event
    /// @return what goes to the caller now; null when nothing does
    byte @Nullable [] take(String data) throws Broken;

    /// Whether the answer is whole, though more may come.
    boolean complete();

    /// Nothing more is to come.
    boolean done();

    /// How much it was, as the supplier says; null while it does not.
    @Nullable
    Quantities usage();

    /// How much it was at the least: each piece of an answer holds a token or more. Nothing, where nothing
    /// came.
    Quantities relayed();

    /// The end of a whole answer.
    byte[] end();

    /// What the caller hears when the stream breaks off.
    byte[] failed(ApiError error);

    /// The supplier's stream is not what it should be, or says that it failed.
    final class Broken extends Exception {
        private static final long serialVersionUID = 1;

        public Broken(String message) {
            super(message, null, false, false);
        }
    }
}
