package dev.sampan.billing.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.Organisation;
import dev.sampan.billing.Fund;
import dev.sampan.billing.Invoice;
import dev.sampan.billing.Price;
import dev.sampan.database.Database;
import dev.sampan.gateway.Meter;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.CallJournal;
import dev.sampan.metering.Meters;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// Issues invoices. An invoice covers rows of usage by their sequence, `(upto of the last one, sealed now]`,
/// so each row is on exactly one, whenever it arrived; the period in time is what the customer reads.
public final class Invoices {
    private final Database database;
    private final Meters meters;
    private final CallJournal journal;
    private final Accounts accounts;
    private final Prices prices;
    private final InstantSource clock;

    Invoices(
            Database database,
            Meters meters,
            CallJournal journal,
            Accounts accounts,
            Prices prices,
            InstantSource clock) {
        this.database = database;
        this.meters = meters;
        this.journal = journal;
        this.accounts = accounts;
        this.prices = prices;
        this.clock = clock;
    }

    /// Two who issue at once: one of them finds the last invoice changed and looks again.
    ///
    /// @param told in the transaction
    Optional<Invoice> issue(TenantId customer, ActorId by, Consumer<Invoice> told) {
        journal.flush();
        while (true) {
            InvoiceStore.Last last = database.asPlatform(tx -> InvoiceStore.last(tx, customer));
            long upTo = meters.sealed(customer);
            List<Meters.PricedSum> sums = meters.sums(customer, last.until(upTo, Meters.Window.AHEAD));
            if (sums.isEmpty()) {
                return Optional.empty();
            }
            Map<Ulid, Fund> funds = fundsOf(sums);
            Invoice draft = draft(customer, last, sums, funds);
            Meters.Window window = last.until(upTo, draft.to());
            Optional<Invoice> issued = database.asPlatform(tx -> {
                Optional<Invoice> stored = InvoiceStore.issue(tx, draft, window, by);
                stored.ifPresent(invoice -> Receivables.round(tx, invoice, onCredit(invoice.lines(), funds)));
                stored.ifPresent(told);
                return stored;
            });
            if (issued.isPresent()) {
                return issued;
            }
        }
    }

    /// Without its number, which is drawn at the last moment.
    private Invoice draft(
            TenantId customer, InvoiceStore.Last last, List<Meters.PricedSum> sums, Map<Ulid, Fund> funds) {
        List<Invoice.Line> lines =
                sums.stream().flatMap(sum -> lines(sum, funds).stream()).toList();
        String currency = sums.getFirst().amount().currency().getCurrencyCode();
        BigDecimal total = lines.stream().map(Invoice.Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal due = due(lines, funds).setScale(total.scale());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant first = sums.stream()
                .map(Meters.PricedSum::firstAt)
                .min(Instant::compareTo)
                .orElseThrow();
        Instant latest = sums.stream()
                .map(Meters.PricedSum::lastAt)
                .max(Instant::compareTo)
                .orElseThrow();
        String name = accounts.organisation(customer)
                .map(Organisation::name)
                .orElseThrow(() -> new IllegalArgumentException("no customer " + customer));
        return new Invoice(
                "",
                customer,
                name,
                last.upTo() == 0 ? first : last.to(),
                now.isAfter(latest) ? now : latest.plusMillis(1),
                now,
                lines,
                currency,
                total,
                total.subtract(due), // all else was paid before it was answered
                due);
    }

    /// Funds that have paid some of it, by id.
    public Map<Ulid, Fund> fundsOf(List<Meters.PricedSum> sums) {
        List<Ulid> ids = sums.stream()
                .map(Meters.PricedSum::fund)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return ids.isEmpty() ? Map.of() : database.asPlatform(tx -> FundRows.all(tx, ids));
    }

    /// What lines of credit have paid is still to be paid.
    private static BigDecimal due(List<Invoice.Line> lines, Map<Ulid, Fund> funds) {
        return onCredit(lines, funds).stream().map(Invoice.Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static List<Invoice.Line> onCredit(List<Invoice.Line> lines, Map<Ulid, Fund> funds) {
        return lines.stream()
                .filter(line -> line.fund() != null
                        && funds.get(line.fund()) instanceof Fund fund
                        && fund.kind() == Fund.Kind.CREDIT_LINE)
                .toList();
    }

    /// A line for each meter of a tier that counted something; what counted units have paid costs nothing. Rounded here
    /// and nowhere else.
    public List<Invoice.Line> lines(Meters.PricedSum sum, Map<Ulid, Fund> funds) {
        Price price = prices.version(sum.priceVersion())
                .orElseThrow(() -> new IllegalStateException("no price version " + sum.priceVersion()));
        Price.Tier tier = price.tier(sum.fromPrompt());
        boolean free = sum.fund() != null
                && !Objects.requireNonNull(funds.get(sum.fund()), "no such fund")
                        .unit()
                        .money();
        List<Invoice.Line> lines = new ArrayList<>();
        Money charged = Money.zero(price.currency());
        for (Map.Entry<Meter, Long> counted : sum.quantities().counted().entrySet()) {
            Money rate = free ? Money.zero(price.currency()) : tier.rate(counted.getKey());
            Money exact = rate.times(counted.getValue());
            charged = charged.plus(exact);
            lines.add(new Invoice.Line(
                    price.product(),
                    sum.model(),
                    sum.priceVersion(),
                    sum.fromPrompt(),
                    sum.fund(),
                    counted.getKey(),
                    sum.calls(),
                    counted.getValue(),
                    rate,
                    exact,
                    exact.rounded()));
        }
        if (!charged.equals(sum.amount())) {
            throw new IllegalStateException(sum.quantities() + " at " + tier.rates() + " were charged as "
                    + sum.amount() + ": no invoice is issued until this is understood");
        }
        return lines;
    }

    /// A version that something was charged by.
    public Price price(Ulid version) {
        return prices.version(version).orElseThrow(() -> new IllegalStateException("no price version " + version));
    }

    List<Invoice> all(TenantId customer) {
        return database.asTenant(customer, tx -> InvoiceStore.all(tx, customer));
    }

    Optional<Invoice> one(TenantId customer, String number) {
        return database.asTenant(customer, tx -> InvoiceStore.one(tx, customer, number));
    }

    static int year(Invoice invoice) {
        return invoice.issuedAt().atZone(ZoneOffset.UTC).getYear();
    }
}
