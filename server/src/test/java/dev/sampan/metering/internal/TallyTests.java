package dev.sampan.metering.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.gateway.Quantities;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.limits.UsedSoFar.Question;
import dev.sampan.limits.UsedSoFar.Sum;
import dev.sampan.metering.Usage;
import dev.sampan.spec.LimitsSpec.Measure;
import dev.sampan.testing.DatabaseFixture;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TallyTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    private static final Instant TEN = Instant.parse("2026-11-24T10:00:00Z");
    private final TenantId tenant = new TenantId(Ulid.next());
    private final Ulid key = Ulid.next();
    private final Ulid here = Ulid.next();

    private void used(Ulid run, Ulid by, String model, long tokens, Instant at) {
        Usage usage = new Usage(
                Ulid.next(),
                tenant,
                by,
                model,
                Quantities.tokens(tokens - 1, 0, 1),
                Money.of("0.5", "CNY"),
                Ulid.next(),
                null,
                at);
        DB.database().asPlatform(tx -> {
            new Tally(run).add(List.of(usage), tx);
            return usage;
        });
    }

    private Sum ask(Set<Ulid> keys, @Nullable String model, Measure measure, Instant from) {
        Currency currency = measure == Measure.SPEND ? Currency.getInstance("CNY") : null;
        return new SqlUsedSoFar(DB.database(), () -> {}, here)
                .look(List.of(new Question(tenant, keys, model, measure, currency, from, TEN)))
                .getFirst();
    }

    @Test
    void sumsAreToldByWhomAndSinceWhen() {
        used(here, key, "chat", 10, TEN.plusSeconds(5));
        used(here, key, "chat", 20, TEN.plusSeconds(10));
        used(here, key, "chat", 40, TEN.minusSeconds(1)); // before the counter began
        used(Ulid.next(), key, "chat", 80, TEN.plusSeconds(5));
        used(here, Ulid.next(), "vectors", 160, TEN.plusSeconds(5));
        Instant morning = TEN.minusSeconds(3600);
        assertThat(ask(Set.of(), null, Measure.TOKENS, morning)).isEqualTo(new Sum(120, 190));
        assertThat(ask(Set.of(key), null, Measure.TOKENS, morning)).isEqualTo(new Sum(120, 30));
        assertThat(ask(Set.of(), "vectors", Measure.TOKENS, morning)).isEqualTo(new Sum(0, 160));
        assertThat(ask(Set.of(), null, Measure.REQUESTS, morning)).isEqualTo(new Sum(2, 3));
        assertThat(ask(Set.of(), null, Measure.SPEND, TEN)).isEqualTo(new Sum(500_000_000, 1_500_000_000));
    }
}
