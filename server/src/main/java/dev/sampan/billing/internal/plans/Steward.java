package dev.sampan.billing.internal.plans;

import dev.sampan.billing.AccountParked;
import dev.sampan.billing.InvoicePaid;
import dev.sampan.billing.PaymentOverdue;
import dev.sampan.billing.Plans.Payer;
import dev.sampan.billing.SubscriptionChanged;
import dev.sampan.billing.internal.Receivables;
import dev.sampan.billing.internal.plans.SubscriptionStore.Change;
import dev.sampan.database.AfterCommit;
import dev.sampan.database.Database;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import dev.sampan.metering.CallJournal;
import dev.sampan.metering.Meters;
import dev.sampan.spec.PlansSpec.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Takes the steps that are due for one customer, one transaction each.
final class Steward {
    /// Of one kind at a time; what is left comes with the next look.
    private static final int STEPS_MAX = 100;

    /// What it works with.
    record Tools(
            Database database,
            CallJournal journal,
            Meters meters,
            ApplicationEventPublisher events,
            InstantSource clock) {}

    /// Who does what.
    record Hands(Periods periods, Granting granting, Closing closing, Issuing issuing) {}

    private final Tools tools;
    private final Hands hands;
    private final ZoneId home;
    private final Supplier<ActorId> platform;

    Steward(Tools tools, Hands hands, ZoneId home, Supplier<ActorId> platform) {
        this.tools = tools;
        this.hands = hands;
        this.home = home;
        this.platform = platform;
    }

    void attend(TenantId customer) {
        try {
            repeat(() -> step(customer));
            repeat(() -> close(customer));
            tools.database.asPlatform(tx -> collect(tx, customer));
            repeat(() -> grant(customer));
        } catch (Issuing.Insane insane) {
            park(customer, String.valueOf(insane.getMessage()));
        }
    }

    private static void repeat(BooleanSupplier step) {
        for (int i = 0; i < STEPS_MAX && step.getAsBoolean(); i++) {
            continue;
        }
    }

    private boolean step(TenantId customer) {
        return tools.database.asPlatform(tx -> {
            Receivables.lock(tx, customer);
            Payer payer = payer(tx, customer);
            State state = SubscriptionStore.live(tx, customer).orElse(null);
            if (state == null || payer.parkedReason() != null) {
                return false;
            }
            Instant now = tools.clock.instant();
            State after = switch (state.due(now)) {
                case NOTHING -> state;
                case OPEN -> hands.periods.open(tx, payer, state, change("opened"));
                case TURN -> hands.periods.turn(tx, payer, state, change("turned"));
            };
            tell(
                    state,
                    after,
                    after.status() == dev.sampan.billing.Subscription.Status.CANCELLED ? Dunning.CANCELLED : "opened");
            return after != state;
        });
    }

    private Change change(String what) {
        return new Change(what, tools.clock.instant(), platform.get());
    }

    private void tell(State before, State after, String what) {
        if (before.fee() != after.fee() || before.status() != after.status()) {
            AfterCommit.run(() -> tools.events.publishEvent(new SubscriptionChanged(after.tenant(), after.id(), what)));
        }
    }

    private boolean grant(TenantId customer) {
        return tools.database.asPlatform(tx -> {
            Receivables.lock(tx, customer);
            Payer payer = payer(tx, customer);
            return payer.parkedReason() == null
                    && SubscriptionStore.live(tx, customer)
                            .map(state -> hands.granting.grant(tx, payer, state, change("granted")))
                            .orElse(false);
        });
    }

    /// The sequence is sealed outside of the transaction, since that waits for drains.
    private boolean close(TenantId customer) {
        Instant now = tools.clock.instant();
        boolean ended = tools.database.asPlatform(tx -> payer(tx, customer).parkedReason() == null
                && PeriodStore.toClose(tx, customer, graceBefore(tx, now)).isPresent());
        if (!ended) {
            return false;
        }
        tools.journal.flush();
        long sealed = tools.meters.sealed(customer);
        return tools.database.asPlatform(tx -> {
            Receivables.lock(tx, customer);
            Payer payer = payer(tx, customer);
            return PeriodStore.toClose(tx, customer, graceBefore(tx, now))
                    .map(used -> {
                        hands.closing.close(
                                tx, hands.issuing, payer, used, new Closing.Moment(sealed, now, platform.get()));
                        return true;
                    })
                    .orElse(false);
        });
    }

    private static Instant graceBefore(JdbcClient tx, Instant now) {
        return now.minus(Duration.ofMinutes(PlanStore.inForce(tx).terms().closeAfterMinutes()));
    }

    /// Pays what is due from the wallet, the oldest first; what is left is dunned.
    private boolean collect(JdbcClient tx, TenantId customer) {
        Receivables.lock(tx, customer);
        Instant now = tools.clock.instant();
        List<Receivables.Open> open = Receivables.open(tx, customer);
        List<Receivables.Open> unpaid =
                open.stream().filter(one -> !paid(tx, one, now)).toList();
        Payer payer = payer(tx, customer);
        if (unpaid.isEmpty() && payer.suspendedAt() != null) {
            Payers.suspend(tx, payer, null);
        }
        Terms terms = PlanStore.inForce(tx).terms();
        for (Receivables.Open one : unpaid) {
            for (String step : Dunning.due(terms, one.dueAt(), now)) {
                if (Dunning.take(tx, one, step, now)) {
                    dunned(tx, payer, one, step);
                }
            }
        }
        return true;
    }

    private boolean paid(JdbcClient tx, Receivables.Open open, Instant now) {
        boolean paid = Receivables.collect(tx, open, now);
        if (paid) {
            AfterCommit.run(() -> tools.events.publishEvent(new InvoicePaid(open.tenant(), open.number())));
        }
        return paid;
    }

    private void dunned(JdbcClient tx, Payer payer, Receivables.Open open, String step) {
        if (step.equals(Dunning.SUSPENDED)) {
            Payers.suspend(tx, payer, tools.clock.instant());
        } else if (step.equals(Dunning.CANCELLED)) {
            SubscriptionStore.live(tx, payer.tenant())
                    .ifPresent(state -> hands.periods.cancel(tx, payer, state, change(Dunning.CANCELLED)));
        }
        AfterCommit.run(() -> tools.events.publishEvent(new PaymentOverdue(open.tenant(), open.number(), step)));
    }

    private void park(TenantId customer, String reason) {
        tools.database.asPlatform(tx -> {
            Receivables.lock(tx, customer);
            Payers.park(tx, payer(tx, customer), reason);
            AfterCommit.run(() -> tools.events.publishEvent(new AccountParked(customer, reason)));
            return true;
        });
    }

    Payer payer(JdbcClient tx, TenantId customer) {
        return Payers.of(tx, customer, home);
    }
}
