package dev.sampan.billing.internal.plans;

import dev.sampan.billing.Fund;
import dev.sampan.billing.FundUnit;
import dev.sampan.billing.Funds;
import dev.sampan.billing.Plans.Payer;
import dev.sampan.billing.Subscription.Status;
import dev.sampan.billing.internal.Receivables;
import dev.sampan.billing.internal.calendar.Period;
import dev.sampan.billing.internal.plans.SubscriptionStore.Change;
import dev.sampan.billing.internal.rating.Proration;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.spec.PlansSpec.Included;
import dev.sampan.spec.PlansSpec.Plan;
import dev.sampan.spec.PlansSpec.Settlement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What a month brings: included units, and the credit line of those who pay later. It comes once the month's fee is
/// paid, so that nobody calls on a price that was never paid.
final class Granting {
    private final Funds funds;

    Granting(Funds funds) {
        this.funds = funds;
    }

    /// @return whether something was given that had not been
    boolean grant(JdbcClient tx, Payer payer, State state, Change change) {
        if (payer.suspendedAt() != null || state.status() == Status.CANCELLED || !paid(tx, state)) {
            return false;
        }
        PeriodStore.Row row = PeriodStore.Row.of(state, PeriodStore.GRANT, state.use());
        if (!PeriodStore.add(tx, row, change.at())) {
            return false;
        }
        Plan plan = PlanStore.plan(tx, state.terms().plan(), state.terms().version());
        String reference = reference(state, "");
        for (int i = 0; i < plan.included().size(); i++) {
            Included included = plan.included().get(i);
            give(tx, state, Gift.of(included, included.units()), reference + "/" + i, change.by());
        }
        if (plan.settlement() == Settlement.PAY_LATER) {
            Money line = Money.of(plan.creditLine(), plan.currency());
            give(
                    tx,
                    state,
                    new Gift(Fund.Kind.CREDIT_LINE, FundUnit.of(plan.currency()), line.nanos(), List.of()),
                    reference + "/line",
                    change.by());
        }
        return true;
    }

    private static String reference(State state, String what) {
        return "subscription/" + state.id() + "/" + state.use().period().start() + what;
    }

    /// What is given until the month ends.
    private record Gift(Fund.Kind kind, FundUnit unit, long amount, List<String> models) {
        static Gift of(Included included, long units) {
            return new Gift(Fund.Kind.INCLUDED, new FundUnit(included.meter()), units, included.models());
        }
    }

    private void give(JdbcClient tx, State state, Gift gift, String reference, ActorId by) {
        funds.grant(
                tx,
                new Funds.Grant(
                        state.tenant(),
                        gift.kind,
                        gift.unit,
                        gift.amount,
                        Set.copyOf(gift.models),
                        gift.kind.priority(),
                        state.use().from(),
                        state.use().to(),
                        reference),
                by);
    }

    /// A move within a month gives what the new plan includes beyond the old one, for the rest of the month: whoever
    /// has used up the old allowance does not get it twice.
    void difference(JdbcClient tx, State state, Step step, ActorId by) {
        Plan old = step.old;
        Plan plan = step.plan;
        Period rest = step.rest;
        if (!PeriodStore.done(tx, state.id(), state.use().period().start(), PeriodStore.GRANT)) {
            return; // the month's grant is still to come, under the new plan
        }
        for (int i = 0; i < plan.included().size(); i++) {
            Included now = plan.included().get(i);
            long more = now.units() - same(old, now).map(Included::units).orElse(0L);
            if (more > 0) {
                long part = Proration.units(more, rest, state.use().period());
                give(tx, state, Gift.of(now, part), reference(state, "/moved/" + rest.start() + "/" + i), by);
            }
        }
    }

    /// From one plan to another.
    ///
    /// @param rest of the month of use
    record Step(Plan old, Plan plan, Period rest) {}

    private static Optional<Included> same(Plan plan, Included wanted) {
        return plan.included().stream()
                .filter(one ->
                        one.meter().equals(wanted.meter()) && one.models().equals(wanted.models()))
                .findFirst();
    }

    private static boolean paid(JdbcClient tx, State state) {
        @Nullable
        String invoice = PeriodStore.find(tx, state.id(), state.fee().period().start(), PeriodStore.FEE)
                .map(PeriodStore.Row::invoice)
                .orElse(null);
        return invoice == null
                || Receivables.open(tx, state.tenant()).stream()
                        .noneMatch(open -> open.number().equals(invoice));
    }
}
