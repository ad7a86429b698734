package dev.sampan.billing.internal.plans;

import dev.sampan.billing.Fund;
import dev.sampan.billing.FundUnit;
import dev.sampan.billing.Funds;
import dev.sampan.billing.Invoice;
import dev.sampan.billing.InvoiceItem;
import dev.sampan.billing.Plans.Payer;
import dev.sampan.billing.Subscription.Terms;
import dev.sampan.billing.internal.Receivables;
import dev.sampan.billing.internal.calendar.Period;
import dev.sampan.billing.internal.calendar.Rhythm;
import dev.sampan.billing.internal.calendar.Span;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.PlansSpec;
import dev.sampan.spec.PlansSpec.Bundle;
import dev.sampan.spec.PlansSpec.Plan;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is bought once, and what will be invoiced.
final class Sales {
    private final Drafts drafts;
    private final Issuing issuing;
    private final Closing closing;
    private final Funds funds;

    Sales(Drafts drafts, Issuing issuing, Closing closing, Funds funds) {
        this.drafts = drafts;
        this.issuing = issuing;
        this.closing = closing;
        this.funds = funds;
    }

    /// Paid at once from the wallet, or not bought.
    Invoice buy(JdbcClient tx, Payer payer, String name, Instant now, ActorId by) {
        PlansSpec inForce = PlanStore.inForce(tx);
        Bundle bundle = inForce.bundle(name)
                .orElseThrow(() -> new ProblemException(Problem.of(
                                "billing.bundle.not_found", "There is no bundle '" + name + "' on sale")
                        .remedy("On sale: "
                                + String.join(
                                        ", ",
                                        inForce.bundles().stream()
                                                .map(Bundle::name)
                                                .toList()))));
        LocalDate today = LocalDate.ofInstant(now, payer.zone());
        Period days = new Period(today, today.plusDays(bundle.days()));
        InvoiceItem item = Bills.item(
                InvoiceItem.Kind.BUNDLE, bundle.title(), days, 1, bundle.price(), bundle.currency(), bundle.price());
        Span span = new Span(days, now, now.plus(Duration.ofDays(bundle.days())));
        Invoice draft = drafts.of(payer, inForce, Drafts.Contents.of(span, bundle.currency(), List.of(item)), now);
        Invoice invoice = issuing.withoutCalls(tx, draft, by);
        boolean unpaid = Receivables.open(tx, payer.tenant()).stream()
                .anyMatch(open -> open.number().equals(invoice.number()));
        if (unpaid) {
            throw new ProblemException(Problem.of(
                            "billing.not_covered",
                            "The wallet does not cover " + invoice.total().toPlainString() + " " + invoice.currency())
                    .remedy("Top it up and buy again; nothing was bought"));
        }
        PlansSpec.Included contents = bundle.contents();
        funds.grant(
                tx,
                new Funds.Grant(
                        payer.tenant(),
                        Fund.Kind.BUNDLE,
                        new FundUnit(contents.meter()),
                        contents.units(),
                        Set.copyOf(contents.models()),
                        Fund.Kind.BUNDLE.priority(),
                        span.from(),
                        span.to(),
                        "bundle/" + invoice.number()),
                by);
        return invoice;
    }

    /// The month of use that runs, as far as it is known, and the paid period that comes next.
    List<Invoice> preview(JdbcClient tx, Payer payer, Instant now) {
        List<Invoice> next = new ArrayList<>();
        State state = SubscriptionStore.live(tx, payer.tenant()).orElse(null);
        if (state == null) {
            return next;
        }
        Closing.Closed used = closing.draft(
                tx, payer, PeriodStore.Row.of(state, PeriodStore.USE, state.use()), Long.MAX_VALUE - 1, now);
        if (used != null) {
            next.add(used.draft());
        }
        Terms terms = state.next() == null ? state.terms() : state.next();
        Plan plan = PlanStore.plan(tx, terms.plan(), terms.version());
        if (!state.ending() && plan.price(terms.seats()).signum() > 0) {
            next.add(fee(tx, payer, state, new Following(terms, plan)));
        }
        return next;
    }

    private record Following(Terms terms, Plan plan) {}

    private Invoice fee(JdbcClient tx, Payer payer, State state, Following following) {
        LocalDate start = state.fee().period().end();
        Plan before = PlanStore.plan(tx, state.terms().plan(), state.terms().version());
        LocalDate anchor = before.interval() == following.plan.interval() ? state.anchor() : start;
        Span span = state.fee().next(new Rhythm(anchor, Periods.paid(following.plan)).holding(start), payer.zone());
        State opened = state.opened(following.terms, anchor, payer.zone(), span);
        List<InvoiceItem> items =
                Periods.feeItems(opened, following.plan, Coupons.holding(tx, payer.tenant(), following.plan.name()));
        return drafts.of(
                payer, PlanStore.inForce(tx), Drafts.Contents.of(span, following.plan.currency(), items), span.from());
    }
}
