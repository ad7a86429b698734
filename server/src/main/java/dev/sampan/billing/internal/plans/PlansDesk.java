package dev.sampan.billing.internal.plans;

import dev.sampan.billing.CreditNote;
import dev.sampan.billing.CreditNoteIssued;
import dev.sampan.billing.Invoice;
import dev.sampan.billing.Plans;
import dev.sampan.billing.Subscription;
import dev.sampan.billing.Subscription.Terms;
import dev.sampan.billing.SubscriptionChanged;
import dev.sampan.billing.internal.CreditNotes;
import dev.sampan.billing.internal.Receivables;
import dev.sampan.billing.internal.Treasurer;
import dev.sampan.billing.internal.plans.SubscriptionStore.Change;
import dev.sampan.database.AfterCommit;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.PlansSpec;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The room's interface to what is sold over time.
final class PlansDesk implements Plans {
    private static final int SEATS_MAX = 1_000_000;

    private final Steward.Tools tools;
    private final Steward steward;
    private final Periods periods;
    private final Moves moves;
    private final Sales sales;
    private final Treasurer treasurer;

    /// Who does what.
    record Desks(Steward steward, Periods periods, Moves moves, Sales sales, Treasurer treasurer) {}

    PlansDesk(Steward.Tools tools, Desks desks) {
        this.tools = tools;
        this.steward = desks.steward;
        this.periods = desks.periods;
        this.moves = desks.moves;
        this.sales = desks.sales;
        this.treasurer = desks.treasurer;
    }

    private Instant now() {
        return tools.clock().instant();
    }

    @Override
    public Ulid apply(PlansSpec spec, ActorId by) {
        LocalDate today = LocalDate.ofInstant(now(), ZoneId.systemDefault());
        return tools.database().asPlatform(tx -> PlanStore.apply(tx, spec, now(), today, by));
    }

    @Override
    public PlansSpec inForce() {
        return tools.database().asPlatform(PlanStore::inForce);
    }

    @Override
    public Subscription subscribe(TenantId customer, Order order, ActorId by) {
        requireSeats(order);
        gather(customer, order);
        State begun = changed(customer, "subscribed", by, (tx, payer, change) -> {
            SubscriptionStore.live(tx, customer).ifPresent(state -> {
                throw new ProblemException(Problem.of(
                                "billing.subscribed",
                                "This customer is on the plan '" + state.terms().plan() + "' already")
                        .remedy("Move it to another plan instead"));
            });
            return periods.begin(tx, payer, terms(tx, order, payer), change);
        });
        steward.attend(customer);
        return view(customer, begun);
    }

    @Override
    public Subscription move(TenantId customer, Order order, ActorId by) {
        requireSeats(order);
        gather(customer, order);
        State moved = changed(
                customer,
                "moved",
                by,
                (tx, payer, change) -> moves.move(tx, payer, required(tx, customer), terms(tx, order, payer), change));
        steward.attend(customer);
        return view(customer, moved);
    }

    @Override
    public Subscription cancel(TenantId customer, boolean now, ActorId by) {
        State cancelled = changed(
                customer,
                now ? "cancelled" : "to_end",
                by,
                (tx, payer, change) -> now
                        ? periods.cancel(tx, payer, required(tx, customer), change)
                        : SubscriptionStore.add(tx, required(tx, customer).endingWithPeriod(true), change));
        return view(customer, cancelled);
    }

    @Override
    public Subscription keep(TenantId customer, ActorId by) {
        State kept = changed(
                customer,
                "kept",
                by,
                (tx, _, change) ->
                        SubscriptionStore.add(tx, required(tx, customer).endingWithPeriod(false), change));
        return view(customer, kept);
    }

    private interface Changing {
        State apply(JdbcClient tx, Payer payer, Change change);
    }

    private State changed(TenantId customer, String what, ActorId by, Changing changing) {
        return tools.database().asPlatform(tx -> {
            Receivables.lock(tx, customer);
            Payer payer = steward.payer(tx, customer);
            if (payer.parkedReason() != null) {
                throw new ProblemException(
                        Problem.of("billing.parked", "This customer is parked: " + payer.parkedReason())
                                .remedy("Look at its invoices, then release it"));
            }
            State state = changing.apply(tx, payer, new Change(what, now(), by));
            AfterCommit.run(() -> tools.events().publishEvent(new SubscriptionChanged(customer, state.id(), what)));
            return state;
        });
    }

    private Subscription view(TenantId customer, State state) {
        return history(customer).stream()
                .filter(one -> one.id().equals(state.id()))
                .findFirst()
                .orElseThrow();
    }

    private static State required(JdbcClient tx, TenantId customer) {
        return SubscriptionStore.live(tx, customer)
                .orElseThrow(() ->
                        new ProblemException(Problem.of("billing.not_subscribed", "This customer is on no plan")));
    }

    private Terms terms(JdbcClient tx, Order order, Payer payer) {
        PlanStore.Version sold = PlanStore.onSale(tx, order.plan(), LocalDate.ofInstant(now(), payer.zone()));
        return new Terms(order.plan(), sold.version(), order.seats());
    }

    /// Leased parts of the wallet come home, so that it can pay what the order costs at the most.
    private void gather(TenantId customer, Order order) {
        inForce()
                .plan(order.plan())
                .map(plan -> Money.of(plan.price(order.seats()).multiply(BigDecimal.valueOf(2)), plan.currency()))
                .filter(most -> most.nanos() > 0)
                .ifPresent(most -> treasurer.gather(customer, most));
    }

    private static void requireSeats(Order order) {
        if (order.seats() < 1 || order.seats() > SEATS_MAX) {
            throw new ProblemException(
                    Problem.of("billing.seats", "A subscription of " + order.seats() + " seats is not possible")
                            .remedy("Order 1 to " + SEATS_MAX + " seats"));
        }
    }

    @Override
    public Optional<Subscription> subscription(TenantId customer) {
        return tools.database().asTenant(customer, tx -> SubscriptionStore.liveView(tx, customer));
    }

    @Override
    public List<Subscription> history(TenantId customer) {
        return tools.database().asTenant(customer, tx -> SubscriptionStore.history(tx, customer));
    }

    @Override
    public List<Subscription> subscriptions() {
        return tools.database().asPlatform(SubscriptionStore::all);
    }

    @Override
    public List<Invoice> preview(TenantId customer) {
        return tools.database().asPlatform(tx -> sales.preview(tx, steward.payer(tx, customer), now()));
    }

    @Override
    public void attend(TenantId customer) {
        steward.attend(customer);
        treasurer.refreshed(customer);
    }

    @Override
    public void redeem(TenantId customer, String code, ActorId by) {
        tools.database().asPlatform(tx -> {
            LocalDate today =
                    LocalDate.ofInstant(now(), steward.payer(tx, customer).zone());
            Coupons.redeem(tx, customer, code.strip(), new Coupons.Moment(now(), today), by);
            return true;
        });
    }

    @Override
    public List<String> makeCodes(String coupon, int count, ActorId by) {
        if (count < 1 || count > 1000) {
            throw new ProblemException(Problem.of("billing.codes", "Making " + count + " codes is not possible")
                    .remedy("Make 1 to 1000 at once"));
        }
        return tools.database().asPlatform(tx -> Coupons.make(tx, coupon, count, now(), by));
    }

    @Override
    public Invoice buy(TenantId customer, String bundle, ActorId by) {
        inForce()
                .bundle(bundle)
                .map(one -> Money.of(one.price().multiply(BigDecimal.valueOf(2)), one.currency()))
                .filter(most -> most.nanos() > 0)
                .ifPresent(most -> treasurer.gather(customer, most));
        return tools.database().asPlatform(tx -> {
            Receivables.lock(tx, customer);
            return sales.buy(tx, steward.payer(tx, customer), bundle, now(), by);
        });
    }

    @Override
    public Payer payer(TenantId customer) {
        return tools.database().asPlatform(tx -> steward.payer(tx, customer));
    }

    @Override
    public void setPayer(TenantId customer, ZoneId zone, @Nullable String region) {
        tools.database().asPlatform(tx -> {
            Payers.set(tx, customer, zone, region == null || region.isBlank() ? null : region.strip());
            return true;
        });
    }

    @Override
    public void release(TenantId customer, ActorId by) {
        tools.database().asPlatform(tx -> {
            Payers.release(tx, customer, now());
            return true;
        });
        attend(customer);
    }

    @Override
    public CreditNote credit(TenantId customer, String invoice, BigDecimal amount, String reason, ActorId by) {
        CreditNote note = tools.database()
                .asPlatform(tx ->
                        CreditNotes.issue(tx, customer, new CreditNotes.Wish(invoice, amount, reason), now(), by));
        treasurer.refreshed(customer);
        tools.events().publishEvent(new CreditNoteIssued(customer, note.number()));
        return note;
    }

    @Override
    public List<CreditNote> creditNotes(TenantId customer, String invoice) {
        return tools.database().asTenant(customer, tx -> CreditNotes.of(tx, customer, invoice));
    }

    @Override
    public BigDecimal left(TenantId customer, String invoice) {
        return tools.database()
                .asTenant(
                        customer,
                        tx -> Receivables.open(tx, customer).stream()
                                .filter(open -> open.number().equals(invoice))
                                .map(Receivables.Open::left)
                                .findFirst()
                                .orElse(BigDecimal.ZERO));
    }
}
