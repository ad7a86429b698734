package dev.sampan.payments;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.PaymentsSpec.Provider;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asking customers for money, and giving it back.
public interface Payments {
    /// Asks a customer for an amount.
    ///
    /// @throws dev.sampan.kernel.ProblemException `payments.bad_amount`, `payments.other_currency` (the wallet
    ///     holds
    ///     another), `payments.no_way` (no provider takes the currency)
    PaymentLink createLink(TenantId customer, Money amount, ActorId by);

    /// Of whoever opens it: also an expired one.
    Optional<PaymentLink> link(String token);

    Optional<PaymentLink> link(Ulid id);

    /// Newest first.
    List<PaymentLink> links(TenantId customer);

    /// The ways to pay an amount.
    List<Provider> ways(Money amount);

    /// Begins to pay a link at a provider, or goes on where it was begun; what was begun at another is closed
    /// there.
    ///
    /// @throws dev.sampan.kernel.ProblemException `payments.link_expired`, `payments.paid_before`,
    ///     `payments.unknown_provider`, `payments.provider_away`, `payments.provider_refused`
    Payment begin(PaymentLink link, String provider);

    /// Asks the provider how a payment stands, and books it; unless that was done within the last five seconds.
    Payment ask(Ulid payment);

    Optional<Payment> payment(Ulid id);

    /// Newest first.
    List<Payment> paymentsOf(Ulid link);

    /// Of all customers, newest first.
    List<Payment> recent(int most);

    /// Gives money of a paid payment back. The wallet must still hold it.
    ///
    /// @throws dev.sampan.kernel.ProblemException `payments.not_paid`, `payments.bad_amount`,
    ///     `payments.refund_exceeds`
    ///     (what is given back already included), `payments.disputed`, and billing's when it is spent
    Refund refund(Ulid payment, Money amount, String reason, ActorId by);

    List<Refund> refunds(Ulid payment);

    List<Dispute> disputes(Ulid payment);

    /// Since when a customer has a dispute that is open or lost; what his account is flagged with.
    Optional<Instant> disputedSince(TenantId customer);

    /// What providers told of late, newest first.
    ///
    /// @param payment null: of all
    List<Told> told(@Nullable Ulid payment, int most);

    /// What was told in the last thirty days and somebody must look at, newest first: another amount than was
    /// asked, paid twice, no payment of ours.
    List<Told> odd(int most);

    /// Marks a payment by bank transfer as arrived.
    ///
    /// @param amount as it stands on the statement; must be what was asked
    /// @param entry how the bank names the entry, once for each
    void arrived(Ulid payment, Money amount, String entry, ActorId by);

    /// Books what a bank's statement says, as CSV; see the guide for its headings.
    ///
    /// @throws dev.sampan.kernel.ProblemException `payments.bad_statement`
    Imported importStatement(String provider, byte[] csv, ActorId by);

    /// @param booked entries that have credited now
    /// @param known entries that were imported before
    /// @param unmatched entries without a reference of ours, or with another amount than was asked
    record Imported(int booked, int known, List<String> unmatched) {
        public Imported {
            unmatched = List.copyOf(unmatched);
        }
    }

    /// @param outcome what came of it, such as `credited`, `mismatch`
    record Told(
            String provider,
            String eventId,
            String kind,
            Instant at,
            @Nullable Ulid payment,
            String outcome,
            @Nullable String detail) {}
}
