package dev.sampan.payments.internal.provider;

import dev.sampan.kernel.Money;
import dev.sampan.payments.internal.provider.PaymentProvider.RefundState;
import org.jspecify.annotations.Nullable;

/// What a provider says has happened.
public sealed interface Notice {
    /// The same when it is told again.
    String eventId();

    /// The provider's word for it.
    String kind();

    /// Money has arrived.
    ///
    /// @param payment our id, as the provider has it
    /// @param paidAs the provider's id of the money
    record Paid(String eventId, String kind, String payment, String paidAs, Money amount) implements Notice {}

    /// It will not be paid this way any more; unless it was paid before this was told.
    ///
    /// @param expired of itself, by its time
    record Ended(String eventId, String kind, String payment, boolean expired) implements Notice {}

    /// A refund has moved. Told of one refund at a time: the sum of all refunds of a payment, which some providers
    /// tell too, is never looked at.
    ///
    /// @param paidAs the provider's id of the money that is given back
    /// @param refund our id, null for one that was made at the provider's
    /// @param reference the provider's id of the refund
    record Refunded(
            String eventId,
            String kind,
            String paidAs,
            @Nullable String refund,
            String reference,
            Money amount,
            RefundState state)
            implements Notice {}

    /// The payer's bank wants money back.
    ///
    /// @param dispute the provider's id
    record Disputed(String eventId, String kind, String paidAs, String dispute, Money amount, Stage stage)
            implements Notice {}

    /// How far a dispute is.
    enum Stage {
        OPEN,
        WON,
        LOST
    }

    /// Nothing that changes our books. A payment that is complete but not paid is one of these.
    record Other(String eventId, String kind) implements Notice {}
}
