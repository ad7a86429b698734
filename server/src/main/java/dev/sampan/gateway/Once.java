package dev.sampan.gateway;

import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.util.concurrent.CompletionStage;

/// A call that is sent twice under one `Idempotency-Key` runs once, a port: a room below keeps the answers. None
/// of it blocks.
public interface Once {
    /// Bytes of an answer that are kept at the most; larger ones are charged once and cannot be repeated.
    int ANSWER_BYTES_MAX = 1 << 20;

    /// Claims the key for a call, or says what became of the one before.
    CompletionStage<Found> begin(Ask ask);

    /// The call was charged. Completes when the answer is durable.
    ///
    /// @param answer [Answered#NONE] where there is none to repeat
    CompletionStage<?> keep(Ask ask, Answered answer);

    /// The call was not charged: the key is free.
    void free(Ask ask);

    /// @param body of what is asked and where
    record Ask(TenantId tenant, String key, Sha256 body, Ulid requestId) {}

    /// What [#begin] says.
    sealed interface Found permits Fresh, Kept, Refused {}

    /// @param paid it was charged before, and its answer was lost with the process that had it: nothing more is
    ///     charged
    record Fresh(boolean paid) implements Found {}

    record Kept(Answered answer) implements Found {}

    enum Refused implements Found {
        /// The key was used for something else.
        MISMATCH,
        /// The call before has not ended.
        RUNNING,
        /// The call before was charged, and its answer was cut by its caller or too large to be kept.
        NOT_KEPT,
        /// So much is kept for the customer that no more is.
        FULL
    }

    /// An answer, byte for byte.
    ///
    /// @param type its `content-type`
    /// @param charge as the answer's header says it
    record Answered(String type, byte[] body, String charge) {
        public static final Answered NONE = new Answered("", new byte[0], "");
    }
}
