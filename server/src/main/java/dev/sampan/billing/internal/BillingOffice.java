package dev.sampan.billing.internal;

import dev.sampan.billing.Balance;
import dev.sampan.billing.Billing;
import dev.sampan.billing.CreditGranted;
import dev.sampan.billing.Invoice;
import dev.sampan.billing.InvoiceIssued;
import dev.sampan.billing.Price;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.metering.Meters.SuppliedSum;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The room's one interface, over its parts; tells what happened in the transaction in which it does.
final class BillingOffice implements Billing {
    private final Prices prices;
    private final Wallets wallets;
    private final Treasurer treasurer;
    private final Sums sums;
    private final Invoices invoices;
    private final InvoicePdf pdf;
    private final ApplicationEventPublisher events;

    /// What the office is made of.
    record Desks(Prices prices, Wallets wallets, Treasurer treasurer, Sums sums, Invoices invoices, InvoicePdf pdf) {}

    BillingOffice(Desks desks, ApplicationEventPublisher events) {
        this.prices = desks.prices;
        this.wallets = desks.wallets;
        this.treasurer = desks.treasurer;
        this.sums = desks.sums;
        this.invoices = desks.invoices;
        this.pdf = desks.pdf;
        this.events = events;
    }

    @Override
    public Price setPrice(String model, String product, List<Price.Tier> tiers, ActorId by) {
        return prices.set(model, product, tiers, by);
    }

    @Override
    public Optional<Price> price(String model, Instant at) {
        return prices.at(model, at);
    }

    @Override
    public boolean grantTrialCredit(TenantId customer, Money amount, ActorId by) {
        return wallets.grantTrial(customer, amount, by, () -> events.publishEvent(new CreditGranted(customer, amount)));
    }

    @Override
    public boolean credit(JdbcClient tx, TenantId customer, Money amount, String reference) {
        boolean first = treasurer.credit(tx, customer, amount, reference);
        if (first) {
            events.publishEvent(new CreditGranted(customer, amount));
        }
        return first;
    }

    @Override
    public boolean takeBack(JdbcClient tx, TenantId customer, Money amount, String reference) {
        return treasurer.takeBack(tx, customer, amount, reference);
    }

    @Override
    public Balance balance(TenantId customer) {
        return wallets.balance(customer);
    }

    @Override
    public List<SuppliedSum> margins(Instant from, Instant to) {
        return sums.margins(from, to);
    }

    @Override
    public List<UsageSum> usage(TenantId customer, Instant from, Instant to, String groupBy) {
        return sums.usage(customer, from, to, groupBy);
    }

    @Override
    public Optional<Invoice> issueInvoice(TenantId customer, ActorId by) {
        return invoices.issue(
                customer, by, invoice -> events.publishEvent(new InvoiceIssued(customer, invoice.number())));
    }

    @Override
    public List<Invoice> invoices(TenantId customer) {
        return invoices.all(customer);
    }

    @Override
    public Optional<Invoice> invoice(TenantId customer, String number) {
        return invoices.one(customer, number);
    }

    @Override
    public byte[] pdf(Invoice invoice, Locale language) {
        return pdf.render(invoice, language);
    }
}
