package dev.sampan.gateway.internal;

import dev.sampan.gateway.Once;
import dev.sampan.gateway.Once.Answered;
import dev.sampan.gateway.internal.supply.Caller;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletionStage;

/// A call with an `Idempotency-Key`: what of its answer has left is gathered, so that it can be repeated.
final class Repeat {
    private final Once once;
    private final Once.Ask ask;
    private final boolean paid;
    private final ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    private String type = "";
    private boolean ended;

    Repeat(Once once, Once.Ask ask, boolean paid) {
        this.once = once;
        this.ask = ask;
        this.paid = paid;
    }

    /// Charged before: nothing more is.
    boolean paid() {
        return paid;
    }

    void begin(String ofType) {
        type = ofType;
    }

    void piece(byte[] piece) {
        if (pieces.size() <= Once.ANSWER_BYTES_MAX) {
            pieces.writeBytes(piece);
        }
    }

    /// Nothing was charged.
    void free() {
        if (!ended) {
            ended = true;
            once.free(ask);
        }
    }

    /// @param rest the last of the answer, or all of it; empty where its caller has cut it
    CompletionStage<?> keep(Caller.Rest rest, String charge) {
        ended = true;
        byte[] last = rest.bytes();
        if (last == null || last.length == 0) {
            return once.keep(ask, Answered.NONE);
        }
        piece(last);
        boolean fits = pieces.size() <= Once.ANSWER_BYTES_MAX;
        String whole = type.isEmpty() ? rest.type() : type;
        return once.keep(ask, fits ? new Answered(whole, pieces.toByteArray(), charge) : Answered.NONE);
    }
}
