package dev.sampan.billing.internal.plans;

import dev.sampan.billing.Plans.Payer;
import dev.sampan.billing.Subscription.Status;
import dev.sampan.billing.internal.Receivables;
import dev.sampan.billing.internal.calendar.Period;
import dev.sampan.billing.internal.rating.Proration;
import dev.sampan.kernel.Money;
import dev.sampan.spec.PlansSpec.Included;
import dev.sampan.spec.PlansSpec.Plan;
import dev.sampan.spec.PlansSpec.Settlement;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What a month brings: included units, and the credit line of those who pay later. It comes once the month's fee is
/// paid, so that nobody calls on a price that was never paid.
final class Granting {
    private final Allowances allowances;

    Granting(Allowances allowances) {
        this.allowances = allowances;
    }

    /// @return whether something was given that had not been
    boolean grant(JdbcClient tx, Payer payer, State state, Instant now) {
        if (payer.suspendedAt() != null || state.status() == Status.CANCELLED || !paid(tx, state)) {
            return false;
        }
        PeriodStore.Row row = PeriodStore.Row.of(state, PeriodStore.GRANT, state.use());
        if (!PeriodStore.add(tx, row, now)) {
            return false;
        }
        Plan plan = PlanStore.plan(tx, state.terms().plan(), state.terms().version());
        String reference = reference(state, "");
        give(tx, state, plan, reference);
        if (plan.settlement() == Settlement.PAY_LATER) {
            Money line = Money.of(plan.creditLine(), plan.currency());
            allowances.credit(tx, state.tenant(), line, window(state), reference + "/line");
        }
        return true;
    }

    private static String reference(State state, String what) {
        return "subscription/" + state.id() + "/" + state.use().period().start() + what;
    }

    private static Allowances.Window window(State state) {
        return new Allowances.Window(state.use().from(), state.use().to());
    }

    private void give(JdbcClient tx, State state, Plan plan, String reference) {
        for (int i = 0; i < plan.included().size(); i++) {
            Included included = plan.included().get(i);
            Allowances.Units units = new Allowances.Units(included.meter(), included.models(), included.units(), false);
            allowances.grant(tx, state.tenant(), units, window(state), reference + "/" + i);
        }
    }

    /// A move within a month gives what the new plan includes beyond the old one, for the rest of the month: whoever
    /// has used up the old allowance does not get it twice.
    void difference(JdbcClient tx, State state, Plan old, Plan plan, Period rest) {
        if (!PeriodStore.done(tx, state.id(), state.use().period().start(), PeriodStore.GRANT)) {
            return; // the month's grant is still to come, under the new plan
        }
        for (int i = 0; i < plan.included().size(); i++) {
            Included now = plan.included().get(i);
            long more = now.units() - same(old, now).map(Included::units).orElse(0L);
            if (more > 0) {
                long part = Proration.units(more, rest, state.use().period());
                allowances.grant(
                        tx,
                        state.tenant(),
                        new Allowances.Units(now.meter(), now.models(), part, false),
                        window(state),
                        reference(state, "/moved/" + rest.start() + "/" + i));
            }
        }
    }

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
