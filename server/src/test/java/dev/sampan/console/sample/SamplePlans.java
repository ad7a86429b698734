package dev.sampan.console.sample;

import dev.sampan.billing.CreditNote;
import dev.sampan.billing.Invoice;
import dev.sampan.billing.InvoiceItem;
import dev.sampan.billing.Plans;
import dev.sampan.billing.Subscription;
import dev.sampan.billing.Subscription.Terms;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.PlansSpec;
import dev.sampan.spec.Specs;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The example's plans, and one customer on one of them.
public final class SamplePlans implements Plans {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final TenantId active;
    private final String activeName;
    private final boolean empty;

    public SamplePlans(TenantId active, String activeName, boolean empty) {
        this.active = active;
        this.activeName = activeName;
        this.empty = empty;
    }

    @Override
    public PlansSpec inForce() {
        Path example = Files.exists(Path.of("examples/plans.yaml"))
                ? Path.of("examples/plans.yaml")
                : Path.of("../examples/plans.yaml");
        PlansSpec spec = Specs.readPlans(example);
        return empty ? new PlansSpec(List.of(), List.of(), List.of(), List.of(), spec.terms()) : spec;
    }

    private Subscription state(int version, String change, int daysAgo) {
        LocalDate start = LocalDate.now(ZONE).minusDays(12);
        return new Subscription(
                new Ulid(1, 1),
                version,
                active,
                Subscription.Status.ACTIVE,
                new Terms("pro", 1, 5),
                ZONE,
                start,
                start.plusMonths(1),
                start,
                start.plusMonths(1),
                version == 2 ? new Terms("starter", 1, 1) : null,
                false,
                change,
                Instant.now().minus(Duration.ofDays(daysAgo)).truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public Optional<Subscription> subscription(TenantId customer) {
        return history(customer).stream().findFirst();
    }

    @Override
    public List<Subscription> history(TenantId customer) {
        return !empty && customer.equals(active)
                ? List.of(state(2, "to_move", 2), state(1, "subscribed", 12))
                : List.of();
    }

    @Override
    public List<Subscription> subscriptions() {
        return subscription(active).stream().toList();
    }

    @Override
    public List<Invoice> preview(TenantId customer) {
        if (empty || !customer.equals(active)) {
            return List.of();
        }
        Subscription now = state(2, "to_move", 2);
        BigDecimal price = new BigDecimal("99.00");
        InvoiceItem fee = new InvoiceItem(
                InvoiceItem.Kind.FEE, "Pro", now.feeTo(), now.feeTo().plusMonths(1), 1, price, price);
        InvoiceItem tax = new InvoiceItem(
                InvoiceItem.Kind.TAX_INCLUDED, "VAT 6 %", null, null, 1, new BigDecimal("5.60"), BigDecimal.ZERO);
        Instant from = now.feeTo().atStartOfDay(ZONE).toInstant();
        return List.of(new Invoice(
                "",
                active,
                activeName,
                from,
                from.plus(Duration.ofDays(30)),
                from,
                List.of(),
                "CNY",
                price,
                BigDecimal.ZERO,
                price,
                List.of(fee, tax),
                from));
    }

    @Override
    public Payer payer(TenantId customer) {
        return new Payer(customer, ZONE, "CN", null, null, null);
    }

    @Override
    public List<CreditNote> creditNotes(TenantId customer, String invoice) {
        return customer.equals(active)
                ? List.of(new CreditNote(
                        "C-2026-000001",
                        active,
                        activeName,
                        invoice,
                        "an outage of two hours",
                        "CNY",
                        new BigDecimal("0.50"),
                        new BigDecimal("0.03"),
                        BigDecimal.ZERO,
                        new BigDecimal("0.50"),
                        Instant.now()))
                : List.of();
    }

    @Override
    public BigDecimal left(TenantId customer, String invoice) {
        return BigDecimal.ZERO;
    }

    @Override
    public Ulid apply(PlansSpec spec, ActorId by) {
        throw noChange();
    }

    @Override
    public Subscription subscribe(TenantId customer, Order order, ActorId by) {
        throw noChange();
    }

    @Override
    public Subscription move(TenantId customer, Order order, ActorId by) {
        throw noChange();
    }

    @Override
    public Subscription cancel(TenantId customer, boolean now, ActorId by) {
        throw noChange();
    }

    @Override
    public Subscription keep(TenantId customer, ActorId by) {
        throw noChange();
    }

    @Override
    public void attend(TenantId customer) {
        throw noChange();
    }

    @Override
    public void redeem(TenantId customer, String code, ActorId by) {
        throw noChange();
    }

    @Override
    public List<String> makeCodes(String coupon, int count, ActorId by) {
        throw noChange();
    }

    @Override
    public Invoice buy(TenantId customer, String bundle, ActorId by) {
        throw noChange();
    }

    @Override
    public void setPayer(TenantId customer, ZoneId zone, @Nullable String region) {
        throw noChange();
    }

    @Override
    public void release(TenantId customer, ActorId by) {
        throw noChange();
    }

    @Override
    public CreditNote credit(TenantId customer, String invoice, BigDecimal amount, String reason, ActorId by) {
        throw noChange();
    }

    private static UnsupportedOperationException noChange() {
        return new UnsupportedOperationException("the sample changes nothing");
    }
}
