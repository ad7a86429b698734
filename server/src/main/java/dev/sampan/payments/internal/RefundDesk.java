package dev.sampan.payments.internal;

import dev.sampan.database.Database;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import dev.sampan.payments.Dispute;
import dev.sampan.payments.Payment;
import dev.sampan.payments.Payment.State;
import dev.sampan.payments.Refund;
import dev.sampan.payments.internal.provider.Minor;
import dev.sampan.payments.internal.provider.PaymentProvider;
import dev.sampan.payments.internal.provider.PaymentProvider.RefundAnswer;
import dev.sampan.payments.internal.provider.PaymentProvider.RefundDemand;
import dev.sampan.payments.internal.provider.PaymentProvider.RefundState;
import dev.sampan.payments.internal.provider.ProviderTrouble;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Gives money back: first it leaves the wallet, with the refund's row, then the provider is asked under the
/// refund's id, again and again until it is known what came of it.
final class RefundDesk {
    private static final Logger LOG = LoggerFactory.getLogger(RefundDesk.class);

    private final Database database;
    private final ProviderBook providers;
    private final RefundBook refunds;
    private final Treasury treasury;
    private final InstantSource clock;

    RefundDesk(Database database, ProviderBook providers, RefundBook refunds, Treasury treasury, InstantSource clock) {
        this.database = database;
        this.providers = providers;
        this.refunds = refunds;
        this.treasury = treasury;
        this.clock = clock;
    }

    /// The payment's row is locked while what was given back before is added up, so two at once do not both
    /// fit.
    Refund request(Ulid id, Money amount, String reason, ActorId by) {
        Refund refund = database.asPlatform(tx -> {
            Payment payment = PaymentRows.lock(tx, id.toString())
                    .orElseThrow(() -> new ProblemException(
                            Problem.of("payments.payment.not_found", "There is no payment " + id)));
            check(tx, payment, amount);
            Refund asked = new Refund(
                    Ulid.next(),
                    payment.tenant(),
                    payment.id(),
                    amount,
                    Refund.State.REQUESTED,
                    false,
                    amount,
                    null,
                    reason,
                    clock.instant(),
                    null);
            refunds.add(tx, asked, by);
            treasury.takeBack(tx, payment.tenant(), amount, "refund/" + asked.id());
            return asked;
        });
        push(refund);
        return refund;
    }

    private static void check(JdbcClient tx, Payment payment, Money amount) {
        if (payment.state() != State.PAID) {
            throw new ProblemException(Problem.of(
                    "payments.not_paid", "Payment " + payment.id() + " is " + payment.state() + ", not paid"));
        }
        if (!amount.currency().equals(payment.amount().currency()) || !Minor.payable(amount)) {
            throw new ProblemException(Problem.of("payments.bad_amount", amount + " cannot be given back")
                    .remedy("Give more than 0 in " + payment.amount().currency() + ", in whole smallest units"));
        }
        if (DisputeBook.of(tx, payment.id()).stream().anyMatch(one -> one.state() != Dispute.State.WON)) {
            throw new ProblemException(Problem.of(
                            "payments.disputed",
                            "Payment " + payment.id() + " is disputed: the money goes back by the dispute")
                    .remedy("Answer the dispute at the provider"));
        }
        Money back = RefundBook.of(tx, payment.id()).stream()
                .filter(one -> one.state() != Refund.State.FAILED)
                .map(Refund::amount)
                .reduce(Money.zero(amount.currency()), Money::plus);
        if (back.plus(amount).compareTo(payment.amount()) > 0) {
            throw new ProblemException(Problem.of(
                            "payments.refund_exceeds",
                            amount + " cannot be given back: " + back + " of " + payment.amount() + " are already")
                    .remedy("Give back " + payment.amount().minus(back) + " at most"));
        }
    }

    /// Tries what is not finished once more. First it is asked whether the provider knows of it: keys against
    /// doing a thing twice are forgotten after a day.
    void again(Refund refund) {
        if (refund.foreign()) {
            collect(refund);
            return;
        }
        Payment payment = payment(refund);
        providers.find(payment.provider()).ifPresent(provider -> {
            try {
                RefundAnswer known = provider.queryRefund(demand(refund, payment));
                if (known.state() == RefundState.UNKNOWN) {
                    push(refund);
                } else {
                    refunds.move(refund.id(), known.state(), known.reference());
                }
            } catch (ProviderTrouble e) {
                LOG.info("refund {} stays {}", refund.id(), refund.state(), e);
            }
        });
    }

    /// How a refund stands at the provider's.
    ///
    /// @throws ProviderTrouble when it does not say
    RefundState ask(String id, PaymentProvider provider) {
        Refund refund = database.asPlatform(tx -> RefundBook.find(tx, id)).orElseThrow();
        return provider.queryRefund(demand(refund, payment(refund))).state();
    }

    private void push(Refund refund) {
        Payment payment = payment(refund);
        PaymentProvider provider = providers.find(payment.provider()).orElse(null);
        if (provider == null) {
            return; // until it is in force again
        }
        try {
            RefundAnswer answer = provider.refund(demand(refund, payment));
            refunds.move(refund.id(), answer.state(), answer.reference());
        } catch (ProviderTrouble.Refused e) {
            LOG.warn("refund {} was refused by {}", refund.id(), payment.provider(), e);
            refunds.move(refund.id(), RefundState.FAILED, null);
        } catch (ProviderTrouble.Away e) {
            LOG.warn("refund {}: {} is away, it will be asked again", refund.id(), payment.provider(), e);
        }
    }

    /// A refund that was made at the provider's: what the wallet still holds of it.
    void collect(Refund refund) {
        Money available = treasury.available(refund.tenant());
        Money part = available.compareTo(refund.amount()) < 0 ? available : refund.amount();
        if (part.nanos() <= 0) {
            return;
        }
        try {
            refunds.collect(refund, part);
        } catch (ProblemException e) {
            LOG.info("refund {} was made at the provider's and is spent", refund.id(), e);
        }
    }

    private Payment payment(Refund refund) {
        return database.asPlatform(tx -> PaymentRows.find(tx, refund.payment().toString()))
                .orElseThrow();
    }

    private RefundDemand demand(Refund refund, Payment payment) {
        return new RefundDemand(
                refund.id(),
                Checkouts.asked(payment),
                refund.amount(),
                payment.amount(),
                refund.reason(),
                providers.tell(payment.provider()));
    }

    List<Refund> of(Ulid payment) {
        return database.asPlatform(tx -> RefundBook.of(tx, payment));
    }
}
