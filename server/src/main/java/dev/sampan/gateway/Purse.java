package dev.sampan.gateway;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.Ulid;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Money at the door, a port: billing stands behind it. RESERVED → SETTLED | RELEASED | EXPIRED, keyed by
/// request id.
public interface Purse {
    /// Why nothing can be reserved at the moment, for the operator; null when it can.
    @Nullable
    String closed();

    /// Holds the dearest outcome of the call. Usually completes at once; never blocks the caller.
    CompletionStage<Reservation> reserve(Call call);

    /// Charges what was used and frees the rest. Completes when the charge is durable on this node: only then
    /// may the last byte of the answer leave. Completes exceptionally when it cannot be made durable; then
    /// nothing was charged and the answer must not leave.
    ///
    /// @param used no more than the hold's call may use, see [Quantities#within]
    /// @param supply null for a model of our own
    CompletionStage<Charge> settle(Held hold, Quantities used, @Nullable Supply supply);

    /// Frees the hold; nothing is charged.
    void release(Held hold, String reason);

    /// What [#reserve] says.
    sealed interface Reservation permits Held, Refused {}

    record Held(Call call, Money amount, Ulid priceVersion) implements Reservation {}

    /// The call must not run.
    record Refused(Reason reason, String sentence) implements Reservation {}

    /// Why a call is refused.
    enum Reason {
        /// 429 `credit_balance_exhausted`: waiting does not help.
        CREDIT_EXHAUSTED,
        /// 429 `billing_not_active`: what is due was not paid, so calls are refused until it is.
        NOT_ACTIVE,
        /// The model has no price: refused, never given away.
        NO_PRICE,
        /// 503: the books cannot be written now.
        UNAVAILABLE
    }

    record Charge(Ulid requestId, Quantities used, Money amount) {}
}
