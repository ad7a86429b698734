package dev.sampan.console.sample;

import dev.sampan.billing.Balance;
import dev.sampan.billing.Billing;
import dev.sampan.billing.Invoice;
import dev.sampan.billing.Price;
import dev.sampan.gateway.Meter;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Meters.SuppliedSum;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Two weeks of usage of one customer, and one invoice.
public final class SampleBilling implements Billing {
    private static final Money PRICE = Money.of("0.002", "CNY");
    private static final String MODEL = "helpdesk-intent";

    private final TenantId active;
    private final String activeName;
    private boolean granted;

    public SampleBilling(TenantId active, String activeName) {
        this.active = active;
        this.activeName = activeName;
    }

    @Override
    public Price setPrice(String model, String product, List<Price.Tier> tiers, ActorId by) {
        throw new UnsupportedOperationException("the sample sets no price");
    }

    @Override
    public Optional<Price> price(String model, Instant at) {
        return model.equals(MODEL)
                ? Optional.of(Price.perUnit(
                        Ulid.next(),
                        MODEL,
                        "Helpdesk intents",
                        PRICE,
                        Instant.now().minus(Duration.ofDays(3))))
                : Optional.empty();
    }

    @Override
    public List<SuppliedSum> margins(Instant from, Instant to) {
        return List.of(
                new SuppliedSum(
                        "chat", "deepseek", 1280, 2_480_000, Money.of("14.96", "CNY"), Money.of("8.2144", "CNY"), 1280),
                new SuppliedSum("chat", "local", 12, 20_000, Money.of("0.12", "CNY"), null, 0));
    }

    @Override
    public boolean grantTrialCredit(TenantId customer, Money amount, ActorId by) {
        boolean first = !granted && !customer.equals(active);
        granted = true;
        return first;
    }

    @Override
    public boolean credit(JdbcClient tx, TenantId customer, Money amount, String reference) {
        throw new UnsupportedOperationException("the sample takes no money");
    }

    @Override
    public boolean takeBack(JdbcClient tx, TenantId customer, Money amount, String reference) {
        throw new UnsupportedOperationException("the sample takes no money");
    }

    @Override
    public Balance balance(TenantId customer) {
        Money zero = Money.of("0", "CNY");
        return customer.equals(active)
                ? new Balance(Money.of("37.462", "CNY"), Money.of("0.004", "CNY"), Money.of("12.534", "CNY"))
                : new Balance(granted ? Money.of("20", "CNY") : zero, zero, zero);
    }

    @Override
    public List<UsageSum> usage(TenantId customer, Instant from, Instant to, String groupBy) {
        if (!customer.equals(active)) {
            return List.of();
        }
        if (!groupBy.equals("day")) {
            long units = 1234;
            String group = groupBy.equals("key") ? "shop-backend" : MODEL;
            return List.of(new UsageSum(group, 1180, units, PRICE.times(units)));
        }
        List<UsageSum> days = new ArrayList<>();
        long i = 0;
        for (Instant at = from; at.isBefore(to); at = at.plus(Duration.ofDays(1))) {
            long units = 240 + (i * 97 + 31) % 410;
            days.add(new UsageSum(
                    at.atOffset(ZoneOffset.UTC).toLocalDate().toString(), units - 12, units, PRICE.times(units)));
            i++;
        }
        return days;
    }

    @Override
    public Optional<Invoice> issueInvoice(TenantId customer, ActorId by) {
        return Optional.empty();
    }

    @Override
    public List<Invoice> invoices(TenantId customer) {
        if (!customer.equals(active)) {
            return List.of();
        }
        Instant now = Instant.now();
        Invoice.Line line = new Invoice.Line(
                "Helpdesk intents",
                MODEL,
                Ulid.next(),
                Meter.UNIT,
                6267,
                6267,
                PRICE,
                PRICE.times(6267),
                new BigDecimal("12.53"));
        return List.of(new Invoice(
                "S-2026-000001",
                active,
                activeName,
                now.minus(Duration.ofDays(14)),
                now.minus(Duration.ofHours(1)),
                now.minus(Duration.ofHours(1)),
                List.of(line),
                "CNY",
                new BigDecimal("12.53"),
                new BigDecimal("12.53"),
                new BigDecimal("0.00")));
    }

    @Override
    public Optional<Invoice> invoice(TenantId customer, String number) {
        return invoices(customer).stream()
                .filter(invoice -> invoice.number().equals(number))
                .findFirst();
    }

    @Override
    public byte[] pdf(Invoice invoice, Locale language) {
        return "%PDF-1.7 sample".getBytes(StandardCharsets.US_ASCII);
    }
}
