package dev.sampan.billing.internal.plans;

import dev.sampan.billing.Invoice;
import dev.sampan.billing.InvoiceItem;
import dev.sampan.billing.Plans.Payer;
import dev.sampan.billing.Subscription.Status;
import dev.sampan.billing.Subscription.Terms;
import dev.sampan.billing.internal.calendar.Cadence;
import dev.sampan.billing.internal.calendar.Period;
import dev.sampan.billing.internal.calendar.Rhythm;
import dev.sampan.billing.internal.calendar.Span;
import dev.sampan.billing.internal.plans.SubscriptionStore.Change;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.PlansSpec;
import dev.sampan.spec.PlansSpec.Coupon;
import dev.sampan.spec.PlansSpec.Interval;
import dev.sampan.spec.PlansSpec.Plan;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Subscriptions begin, and their periods follow one another.
final class Periods {
    private final Drafts drafts;
    private final Issuing issuing;

    Periods(Drafts drafts, Issuing issuing) {
        this.drafts = drafts;
        this.issuing = issuing;
    }

    /// A subscription from today on: its trial, or its first paid period.
    State begin(JdbcClient tx, Payer payer, Terms terms, Change change) {
        Plan plan = PlanStore.plan(tx, terms.plan(), terms.version());
        LocalDate today = LocalDate.ofInstant(change.at(), payer.zone());
        if (plan.trialDays() > 0) {
            LocalDate ends = today.plusDays(plan.trialDays());
            Span trial = fromNow(new Period(today, ends), payer, change.at());
            return SubscriptionStore.add(
                    tx,
                    new State(
                            Ulid.next(),
                            1,
                            payer.tenant(),
                            Status.TRIALING,
                            terms,
                            ends,
                            payer.zone(),
                            0,
                            trial,
                            trial,
                            null,
                            false),
                    change);
        }
        Span fee = fromNow(new Rhythm(today, paid(plan)).period(0), payer, change.at());
        Span use = fromNow(new Rhythm(today, used(plan)).period(0), payer, change.at());
        State state = new State(
                Ulid.next(), 1, payer.tenant(), Status.ACTIVE, terms, today, payer.zone(), 1, fee, use, null, false);
        SubscriptionStore.add(tx, state, change);
        charge(tx, payer, state, plan, change);
        return state;
    }

    /// The first day began before somebody signed: calls from then on are not of it.
    private static Span fromNow(Period period, Payer payer, Instant now) {
        return new Span(period, now, Span.startOf(period.end(), payer.zone()));
    }

    static Cadence paid(Plan plan) {
        return switch (plan.interval()) {
            case WEEK -> Cadence.WEEK;
            case MONTH -> Cadence.MONTH;
            case YEAR -> Cadence.YEAR;
        };
    }

    /// What is included comes each month in a year's plan too.
    static Cadence used(Plan plan) {
        return plan.interval() == Interval.WEEK ? Cadence.WEEK : Cadence.MONTH;
    }

    /// The paid period has ended: the next one follows, under other terms where that was asked for, or the end.
    State open(JdbcClient tx, Payer payer, State state, Change change) {
        noteUse(tx, state, state.use(), change.at());
        if (state.ending()) {
            return SubscriptionStore.add(tx, state.cancelled(), new Change("cancelled", change.at(), change.by()));
        }
        Terms terms = state.next() == null ? state.terms() : state.next();
        Plan before = PlanStore.plan(tx, state.terms().plan(), state.terms().version());
        Plan plan = PlanStore.plan(tx, terms.plan(), terms.version());
        LocalDate start = state.fee().period().end();
        LocalDate anchor = before.interval() == plan.interval() ? state.anchor() : start;
        Span fee = state.fee().next(new Rhythm(anchor, paid(plan)).holding(start), payer.zone());
        State opened = state.opened(terms, anchor, payer.zone(), fee)
                .withUse(state.nextUse(new Rhythm(anchor, used(plan)), payer.zone()));
        SubscriptionStore.add(tx, opened, change);
        charge(tx, payer, opened, plan, change);
        return opened;
    }

    /// Ends at once. The month of use that it cuts is invoiced up to now; a day that has begun is of it.
    State cancel(JdbcClient tx, Payer payer, State state, Change change) {
        Span use = state.use();
        if (use.from().isBefore(change.at())) {
            LocalDate today = LocalDate.ofInstant(change.at(), payer.zone());
            LocalDate end =
                    min(use.period().end(), max(today, use.period().start()).plusDays(1));
            noteUse(tx, state, use.until(end, change.at()), change.at());
        }
        return SubscriptionStore.add(tx, state.cancelled(), change);
    }

    private static LocalDate min(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private static LocalDate max(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    /// A month of use within a paid year has ended: the next one follows.
    State turn(JdbcClient tx, Payer payer, State state, Change change) {
        noteUse(tx, state, state.use(), change.at());
        Plan plan = PlanStore.plan(tx, state.terms().plan(), state.terms().version());
        return SubscriptionStore.add(
                tx, state.turned(state.nextUse(new Rhythm(state.anchor(), used(plan)), payer.zone())), change);
    }

    /// An ended month of use, to be invoiced under the terms that held at its end.
    void noteUse(JdbcClient tx, State state, Span used, Instant now) {
        PeriodStore.Row row = PeriodStore.Row.of(state, PeriodStore.USE, used)
                .within(state.use().period());
        PeriodStore.add(tx, row, now);
    }

    /// Invoices a paid period in advance; the row that it leaves can be there once.
    private void charge(JdbcClient tx, Payer payer, State state, Plan plan, Change change) {
        PlansSpec inForce = PlanStore.inForce(tx);
        Period period = state.fee().period();
        List<Coupon> coupons = Coupons.holding(tx, payer.tenant(), plan.name());
        List<InvoiceItem> items = feeItems(state, plan, coupons);
        String number = null;
        if (plan.price(state.terms().seats()).signum() > 0) {
            Invoice draft =
                    drafts.of(payer, inForce, Drafts.Contents.of(state.fee(), plan.currency(), items), change.at());
            number = issuing.withoutCalls(tx, draft, change.by()).number();
            Coupons.used(tx, payer.tenant(), coupons, state.id(), period.start());
        }
        PeriodStore.Row row =
                PeriodStore.Row.of(state, PeriodStore.FEE, state.fee()).invoiced(number, null);
        if (!PeriodStore.add(tx, row, change.at())) {
            throw new IllegalStateException("the period " + period + " of " + state.id() + " was charged before");
        }
    }

    static List<InvoiceItem> feeItems(State state, Plan plan, List<Coupon> coupons) {
        return Bills.fee(
                plan,
                state.terms().seats(),
                state.paidPeriods() - 1,
                state.fee().period(),
                coupons);
    }
}
