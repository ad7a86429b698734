package dev.sampan.billing.internal.plans;

import dev.sampan.billing.Invoice;
import dev.sampan.billing.InvoiceItem;
import dev.sampan.billing.Plans.Payer;
import dev.sampan.billing.Subscription.Status;
import dev.sampan.billing.Subscription.Terms;
import dev.sampan.billing.internal.calendar.Period;
import dev.sampan.billing.internal.calendar.Rhythm;
import dev.sampan.billing.internal.calendar.Span;
import dev.sampan.billing.internal.plans.SubscriptionStore.Change;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.PlansSpec.Coupon;
import dev.sampan.spec.PlansSpec.Interval;
import dev.sampan.spec.PlansSpec.Plan;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// From one plan or number of seats to another. What is not cheaper begins at once, and what is left of the old price
/// comes off; what is cheaper begins when the paid period ends, so that nothing is paid back.
///
/// The use of the month goes on and is priced under the plan that holds at its end.
final class Moves {
    private final Drafts drafts;
    private final Issuing issuing;
    private final Granting granting;
    private final Periods periods;

    Moves(Drafts drafts, Issuing issuing, Granting granting, Periods periods) {
        this.drafts = drafts;
        this.issuing = issuing;
        this.granting = granting;
        this.periods = periods;
    }

    State move(JdbcClient tx, Payer payer, State state, Terms terms, Change change) {
        Plan old = PlanStore.plan(tx, state.terms().plan(), state.terms().version());
        Plan plan = PlanStore.plan(tx, terms.plan(), terms.version());
        if (!old.currency().equals(plan.currency())) {
            throw new ProblemException(Problem.of(
                            "billing.other_currency",
                            "The plan '" + plan.name() + "' is in " + plan.currency() + ", this customer pays "
                                    + old.currency())
                    .remedy("A customer has one currency; cancel first and subscribe anew"));
        }
        LocalDate today = LocalDate.ofInstant(change.at(), payer.zone());
        Period rest = new Period(
                max(today, state.fee().period().start()), state.fee().period().end());
        if (state.status() == Status.TRIALING) {
            granting.difference(tx, state, new Granting.Step(old, plan, rest), change.by());
            return SubscriptionStore.add(tx, state.under(terms), change);
        }
        if (aYear(plan, terms.seats()).compareTo(aYear(old, state.terms().seats())) < 0) {
            return later(tx, state, terms, change);
        }
        return old.interval() == plan.interval()
                ? within(tx, payer, new Move(state, old, plan, terms, rest), change)
                : anew(tx, payer, new Move(state, old, plan, terms, rest), change);
    }

    /// @param rest of the paid period, today included
    private record Move(State state, Plan old, Plan plan, Terms terms, Period rest) {
        State under() {
            return state.under(terms);
        }
    }

    private static LocalDate max(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    /// For comparing plans of different intervals.
    private static BigDecimal aYear(Plan plan, int seats) {
        int times = plan.interval() == Interval.WEEK ? 52 : plan.interval() == Interval.MONTH ? 12 : 1;
        return plan.price(seats).multiply(BigDecimal.valueOf(times));
    }

    private static State later(JdbcClient tx, State state, Terms terms, Change change) {
        return SubscriptionStore.add(tx, state.movingTo(terms), new Change("to_move", change.at(), change.by()));
    }

    /// The same periods go on: what is left of both prices, by days of the whole period.
    private State within(JdbcClient tx, Payer payer, Move move, Change change) {
        State state = move.state;
        List<Coupon> coupons = Coupons.usedIn(tx, payer.tenant(), state);
        BigDecimal paid = Bills.sum(Periods.feeItems(state, move.old, coupons));
        BigDecimal due = Bills.sum(Periods.feeItems(move.under(), move.plan, coupons));
        if (due.compareTo(paid) < 0) {
            return later(tx, state, move.terms, change);
        }
        List<InvoiceItem> items = Bills.move(
                move.old, paid, move.plan, due, move.rest, state.fee().period());
        String number =
                items.isEmpty() ? null : issue(tx, payer, move, items, change).number();
        Span rest = new Span(move.rest, change.at(), state.fee().to());
        noteMove(tx, move, rest, number, change);
        State moved = SubscriptionStore.add(tx, move.under(), change);
        Period month = new Period(
                max(move.rest.start(), state.use().period().start()),
                state.use().period().end());
        granting.difference(tx, moved, new Granting.Step(move.old, move.plan, month), change.by());
        return moved;
    }

    /// Other periods begin today: the new price whole, what is left of the old one comes off.
    private State anew(JdbcClient tx, Payer payer, Move move, Change change) {
        State state = move.state;
        LocalDate today = move.rest.start();
        if (state.fee().period().start().equals(today)) {
            throw movedToday();
        }
        List<Coupon> coupons = Coupons.usedIn(tx, payer.tenant(), state);
        BigDecimal paid = Bills.sum(Periods.feeItems(state, move.old, coupons));
        Span fee = span(new Rhythm(today, Periods.paid(move.plan)).period(0), payer, change);
        Span begun = span(new Rhythm(today, Periods.used(move.plan)).period(0), payer, change);
        boolean sameDay = state.use().period().start().equals(today);
        Span use = sameDay ? new Span(begun.period(), state.use().from(), begun.to()) : begun;
        State moved = state.opened(move.terms, today, payer.zone(), fee).withUse(use);
        List<InvoiceItem> items = new ArrayList<>(Bills.move(
                move.old,
                paid,
                move.plan,
                BigDecimal.ZERO,
                move.rest,
                state.fee().period()));
        items.addAll(Periods.feeItems(moved, move.plan, List.of()));
        if (Bills.sum(items).signum() < 0) {
            return later(tx, state, move.terms, change);
        }
        if (!sameDay) {
            periods.noteUse(tx, state, state.use().until(today, change.at()), change.at());
        }
        String number = issue(tx, payer, move, items, change).number();
        PeriodStore.add(tx, PeriodStore.Row.of(moved, PeriodStore.FEE, fee).invoiced(number, null), change.at());
        noteMove(tx, move, fee, number, change);
        return SubscriptionStore.add(tx, moved, change);
    }

    private static Span span(Period period, Payer payer, Change change) {
        return new Span(period, change.at(), Span.startOf(period.end(), payer.zone()));
    }

    private Invoice issue(JdbcClient tx, Payer payer, Move move, List<InvoiceItem> items, Change change) {
        Span rest = new Span(move.rest, change.at(), move.state.fee().to());
        Drafts.Contents contents = Drafts.Contents.of(rest, move.plan.currency(), items);
        return issuing.withoutCalls(tx, drafts.of(payer, PlanStore.inForce(tx), contents, change.at()), change.by());
    }

    private static void noteMove(JdbcClient tx, Move move, Span span, @Nullable String number, Change change) {
        PeriodStore.Row row = new PeriodStore.Row(
                move.state.id(),
                move.state.tenant(),
                PeriodStore.CHANGE,
                span,
                move.state.fee().period(),
                move.terms.plan(),
                move.terms.version(),
                number,
                null);
        if (!PeriodStore.add(tx, row, change.at())) {
            throw movedToday();
        }
    }

    private static ProblemException movedToday() {
        return new ProblemException(
                Problem.of("billing.moved_today", "This subscription has begun or been moved today already")
                        .remedy("Move it tomorrow, or give back what is too much by a credit note"));
    }
}
