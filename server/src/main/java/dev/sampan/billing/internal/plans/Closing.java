package dev.sampan.billing.internal.plans;

import dev.sampan.billing.Fund;
import dev.sampan.billing.Invoice;
import dev.sampan.billing.InvoiceItem;
import dev.sampan.billing.InvoiceItem.Kind;
import dev.sampan.billing.Plans.Payer;
import dev.sampan.billing.internal.Invoices;
import dev.sampan.billing.internal.Receivables;
import dev.sampan.billing.internal.plans.PeriodStore.Row;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Meters;
import dev.sampan.metering.Meters.PricedSum;
import dev.sampan.metering.Meters.Window;
import dev.sampan.spec.PlansSpec.Plan;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Ended months of use become invoices: their calls, what the plan says of them, and what arrived late of months that
/// were invoiced before.
final class Closing {
    private final Meters meters;
    private final Invoices invoices;
    private final Drafts drafts;

    Closing(Meters meters, Invoices invoices, Drafts drafts) {
        this.meters = meters;
        this.invoices = invoices;
        this.drafts = drafts;
    }

    /// @param calls the rows of usage on it
    record Closed(Invoice draft, Receivables.Calls calls) {}

    /// What closing a month comes to; null when there is nothing to invoice.
    ///
    /// @param sealed rows of usage up to it are counted
    @Nullable
    Closed draft(JdbcClient tx, Payer payer, Row used, long sealed, Instant now) {
        Plan plan = PlanStore.plan(tx, used.plan(), used.planVersion());
        List<InvoiceItem> items = new ArrayList<>(items(payer.tenant(), used, plan, sealed));
        items.addAll(late(tx, payer.tenant(), sealed));
        Window window =
                Receivables.callsUntil(tx, payer.tenant(), sealed, used.span().to());
        List<PricedSum> sums = meters.sums(payer.tenant(), window).stream()
                .filter(sum -> sum.amount().currency().equals(plan.currency()))
                .toList();
        Map<Ulid, Fund> funds = invoices.fundsOf(sums);
        List<Invoice.Line> lines = sums.stream()
                .flatMap(sum -> invoices.lines(sum, funds).stream())
                .toList();
        if (lines.isEmpty() && items.isEmpty()) {
            return null;
        }
        Set<Ulid> onCredit = new HashSet<>();
        lines.stream()
                .map(Invoice.Line::fund)
                .filter(fund -> fund != null && ofCredit(funds.get(fund)))
                .forEach(onCredit::add);
        Drafts.Contents contents = new Drafts.Contents(used.span(), plan.currency(), lines, items, onCredit);
        List<Invoice.Line> owed = lines.stream()
                .filter(line -> line.fund() != null && onCredit.contains(line.fund()))
                .toList();
        return new Closed(drafts.of(payer, PlanStore.inForce(tx), contents, now), new Receivables.Calls(window, owed));
    }

    private static boolean ofCredit(@Nullable Fund fund) {
        return fund != null && fund.kind() == Fund.Kind.CREDIT_LINE;
    }

    private static boolean ofUnits(@Nullable Fund fund) {
        return fund != null && !fund.unit().money();
    }

    private List<InvoiceItem> items(TenantId customer, Row used, Plan plan, long sealed) {
        List<PricedSum> sums =
                meters.sums(customer, Window.of(used.span().from(), used.span().to(), sealed));
        Map<Ulid, Fund> funds = invoices.fundsOf(sums);
        return new UseBill(plan, invoices::price, fund -> ofUnits(funds.get(fund)))
                .items(sums, used.span().period(), used.whole());
    }

    /// Months that were invoiced are priced once more with all that is there by now; the difference is new.
    private List<InvoiceItem> late(JdbcClient tx, TenantId customer, long sealed) {
        List<Row> closed = PeriodStore.closed(tx, customer);
        List<InvoiceItem> items = new ArrayList<>();
        for (Row row : closed) {
            Long before = closed.getFirst().sealed();
            if (before == null) {
                continue;
            }
            Plan plan = PlanStore.plan(tx, row.plan(), row.planVersion());
            BigDecimal more = Bills.sum(items(customer, row, plan, sealed))
                    .subtract(Bills.sum(items(customer, row, plan, before)));
            if (more.signum() != 0) {
                items.add(Bills.item(Kind.LATE, plan.title(), row.span().period(), 1, more, plan.currency(), more));
            }
        }
        return items;
    }

    /// Issues it and notes that the month is done.
    void close(JdbcClient tx, Issuing issuing, Payer payer, Row used, Moment moment) {
        Closed closed = draft(tx, payer, used, moment.sealed, moment.now);
        String number = closed == null
                ? null
                : issuing.issue(tx, closed.draft, closed.calls, moment.by).number();
        Row row = used.as(PeriodStore.CLOSE).invoiced(number, moment.sealed);
        if (!PeriodStore.add(tx, row, moment.now)) {
            throw new IllegalStateException("the month " + used.span().period() + " was invoiced before");
        }
    }

    record Moment(long sealed, Instant now, ActorId by) {}
}
