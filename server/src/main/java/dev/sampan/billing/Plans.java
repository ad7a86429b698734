package dev.sampan.billing;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.PlansSpec;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is sold over time, and who is on it.
public interface Plans {
    /// Puts a whole set in force. Subscriptions keep the version of their plan.
    Ulid apply(PlansSpec spec, ActorId by);

    PlansSpec inForce();

    /// Puts a customer on a plan, from today on.
    ///
    /// @throws dev.sampan.kernel.ProblemException `billing.plan.not_found`, `billing.subscribed` (already on one),
    ///     `billing.seats`, `billing.parked`
    Subscription subscribe(TenantId customer, Order order, ActorId by);

    /// Moves to another plan or number of seats: at once where that is not cheaper, with what is left of the old price
    /// taken off; at the end of the paid period where it is.
    ///
    /// @throws dev.sampan.kernel.ProblemException `billing.not_subscribed`, `billing.plan.not_found`,
    ///     `billing.moved_today`, `billing.other_currency`
    Subscription move(TenantId customer, Order order, ActorId by);

    /// @param now false: at the end of the paid period; what was asked for there may be taken back by [#keep]
    Subscription cancel(TenantId customer, boolean now, ActorId by);

    /// Takes back a move or a cancellation that was to come.
    Subscription keep(TenantId customer, ActorId by);

    /// Empty when there is none.
    Optional<Subscription> subscription(TenantId customer);

    /// Its states, newest first.
    List<Subscription> history(TenantId customer);

    /// All customers' present ones, the last changed first.
    List<Subscription> subscriptions();

    /// What the next invoices would be if they were issued now; nothing is written.
    List<Invoice> preview(TenantId customer);

    /// Takes every step that is due for a customer.
    void attend(TenantId customer);

    /// @throws dev.sampan.kernel.ProblemException `billing.code` when it is unknown, used up, expired or was redeemed
    ///     by this customer before
    void redeem(TenantId customer, String code, ActorId by);

    /// New codes of one use each.
    List<String> makeCodes(String coupon, int count, ActorId by);

    /// Sells units that expire; paid from the wallet at once.
    ///
    /// @throws dev.sampan.kernel.ProblemException `billing.bundle.not_found`, `billing.not_covered`
    Invoice buy(TenantId customer, String bundle, ActorId by);

    Payer payer(TenantId customer);

    /// In effect for periods that begin from now on.
    void setPayer(TenantId customer, ZoneId zone, @Nullable String region);

    /// Lets a parked customer's periods go on.
    void release(TenantId customer, ActorId by);

    CreditNote credit(TenantId customer, String invoice, BigDecimal amount, String reason, ActorId by);

    List<CreditNote> creditNotes(TenantId customer, String invoice);

    /// What is still to pay of an invoice.
    BigDecimal left(TenantId customer, String invoice);

    /// @param seats at least 1
    record Order(String plan, int seats) {}

    /// @param region whose tax is paid; null: the one for all that no tax names
    /// @param parkedReason null unless parked
    /// @param suspendedAt since when calls are refused; null when they are not
    record Payer(
            TenantId tenant,
            ZoneId zone,
            @Nullable String region,
            @Nullable String parkedReason,
            @Nullable Instant releasedAt,
            @Nullable Instant suspendedAt) {}
}
