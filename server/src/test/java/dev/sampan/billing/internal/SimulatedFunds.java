package dev.sampan.billing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.billing.Fund;
import dev.sampan.billing.FundUnit;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// The funds of a simulated world: some of another model's, which must stay as they are; some that end soon.
final class SimulatedFunds {
    private static final List<FundUnit> UNITS =
            List.of(new FundUnit("CNY"), FundUnit.TOKENS, new FundUnit("unit"), new FundUnit("request"));

    private final SplittableRandom random;
    private final SimulatedBooks books;
    private final Money price;
    private final Map<TenantId, List<Fund>> funds = new HashMap<>();
    private long made;

    SimulatedFunds(SplittableRandom random, SimulatedBooks books, Money price) {
        this.random = random;
        this.books = books;
        this.price = price;
    }

    List<Fund> of(TenantId customer) {
        return funds.getOrDefault(customer, List.of());
    }

    List<Fund> all() {
        return funds.values().stream().flatMap(List::stream).toList();
    }

    void grant(TenantId customer, long now) {
        FundUnit unit = UNITS.get(random.nextInt(UNITS.size()));
        Instant starts = Instant.ofEpochMilli(now + (random.nextInt(3) == 0 ? 300 : 0));
        Fund fund = new Fund(
                new Ulid(5, ++made),
                customer,
                Fund.Kind.INCLUDED,
                unit,
                random.nextInt(5) == 0 ? Set.of("another") : Set.of(),
                random.nextInt(3),
                starts,
                random.nextInt(3) == 0 ? null : starts.plusMillis(random.nextLong(1, 60_000)),
                random.nextInt(1, 300) * (unit.money() ? price.nanos() : 1),
                "fund");
        books.grant(new Pot(customer, fund.id()), unit.code(), fund.granted());
        List<Fund> more = new ArrayList<>(of(customer));
        more.add(fund);
        more.sort(Fund.ORDER);
        funds.put(customer, more);
    }

    void lapse(Slices slices, long now) {
        for (Fund fund : all()) {
            Instant expires = fund.expiresAt();
            if (expires != null && now >= expires.toEpochMilli()) {
                slices.comeHome(fund);
                books.lapse(new Pot(fund.tenant(), fund.id()));
            }
        }
    }

    /// The time of all of them is over.
    void endAll(long now) {
        Instant at = Instant.ofEpochMilli(now);
        funds.values()
                .forEach(all -> all.replaceAll(fund -> new Fund(
                        fund.id(),
                        fund.tenant(),
                        fund.kind(),
                        fund.unit(),
                        fund.models(),
                        fund.priority(),
                        Instant.EPOCH,
                        at,
                        fund.granted(),
                        fund.reference())));
    }

    void requireNothingLeft() {
        all().forEach(fund -> assertThat(books.wallet(new Pot(fund.tenant(), fund.id())).balance)
                .as("what nobody used has lapsed, to the last unit")
                .isZero());
    }

    /// Whoever has paid, it is what was settled, at what that one takes.
    void requireAsSettled(Usage usage, Usage settled) {
        Usage.Drawn drawn = usage.drawn();
        Money amount = settled.amount();
        if (drawn != null) {
            Fund fund = of(usage.tenant()).stream()
                    .filter(one -> one.id().equals(drawn.fund()))
                    .findFirst()
                    .orElseThrow();
            // what began before the start waited for another fund that turned out to be empty
            Instant begun = usage.at().isBefore(fund.startsAt()) ? fund.startsAt() : usage.at();
            assertThat(fund.covers(usage.model(), begun))
                    .as("the fund was open for such a call")
                    .isTrue();
            assertThat(drawn.count()).isEqualTo(fund.unit().taken(usage.quantities(), amount));
            amount = fund.unit().money() ? amount : Money.zero(amount.currency());
        }
        assertThat(usage)
                .as("as it was settled")
                .isEqualTo(new Usage(
                        settled.requestId(),
                        settled.tenant(),
                        settled.keyId(),
                        settled.model(),
                        settled.quantities(),
                        amount,
                        settled.priceVersion(),
                        0,
                        settled.supply(),
                        drawn,
                        settled.at()));
    }
}
