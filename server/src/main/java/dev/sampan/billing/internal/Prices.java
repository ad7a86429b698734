package dev.sampan.billing.internal;

import dev.sampan.billing.Price;
import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.gateway.Meter;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.CallJournal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Versions of prices; the newest of each model is kept in memory for the door.
final class Prices {
    private static final String NEWEST = """
            select newest.*, rate.meter, rate.from_prompt, rate.nanos from
                (select distinct on (model) * from billing.price order by model, effective_from desc, version desc)
                as newest join billing.rate using (version) order by version, from_prompt
            """;

    private static final String AT = """
            select newest.*, rate.meter, rate.from_prompt, rate.nanos from
                (select * from billing.price where model = ? and effective_from <= ?
                 order by effective_from desc, version desc limit 1) as newest join billing.rate using (version)
            order by from_prompt
            """;

    private static final String INSERT = """
            insert into billing.price (version, model, product, currency, effective_from, set_by)
            values (?, ?, ?, ?, ?, ?)
            """;

    private static final String INSERT_RATE = """
            insert into billing.rate (version, meter, from_prompt, nanos) values (?, ?, ?, ?)
            """;

    private static final String VERSION = """
            select price.*, rate.meter, rate.from_prompt, rate.nanos
            from billing.price join billing.rate using (version) where version = ? order by from_prompt
            """;

    private final Database database;
    private final InstantSource clock;
    private final Map<String, Price> newest = new ConcurrentHashMap<>();

    Prices(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Reads what other installations have set; the door asks memory alone.
    void reload() {
        database.asPlatform(tx -> all(tx.sql(NEWEST))).forEach(price -> newest.put(price.model(), price));
    }

    @Nullable
    Price current(String model) {
        return newest.get(model);
    }

    Optional<Price> at(String model, Instant at) {
        return database.asPlatform(tx -> at(tx, model, at));
    }

    Optional<Price> version(Ulid version) {
        return database.asPlatform(
                tx -> all(tx.sql(VERSION).param(version.toString())).stream().findFirst());
    }

    private static Optional<Price> at(JdbcClient tx, String model, Instant at) {
        return all(tx.sql(AT).param(model).param(at.atOffset(ZoneOffset.UTC))).stream()
                .findFirst();
    }

    Price set(String model, String product, List<Price.Tier> tiers, ActorId by) {
        requireSensible(model, product, tiers);
        Price set = database.asPlatform(tx -> {
            lock(tx, model);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            Price before = at(tx, model, now).orElse(null);
            Price wanted = new Price(Ulid.next(), model, product, tiers, now);
            boolean same = before != null
                    && before.product().equals(product)
                    && before.tiers().equals(wanted.tiers());
            return same ? before : insert(tx, wanted, by);
        });
        newest.put(model, set);
        return set;
    }

    /// Two who set the same price at once make one version.
    private static void lock(JdbcClient tx, String model) {
        tx.sql("select pg_advisory_xact_lock(hashtextextended('billing.price ' || ?, 0)) is null")
                .param(model)
                .query(Boolean.class)
                .single();
    }

    private static Price insert(JdbcClient tx, Price price, ActorId by) {
        tx.sql(INSERT)
                .param(price.version().toString())
                .param(price.model())
                .param(price.product())
                .param(price.currency().getCurrencyCode())
                .param(Columns.utc(price.effectiveFrom()))
                .param(by.toString())
                .update();
        for (Price.Tier tier : price.tiers()) {
            tier.rates()
                    .forEach((meter, rate) -> tx.sql(INSERT_RATE)
                            .param(price.version().toString())
                            .param(meter.code())
                            .param(tier.fromPrompt())
                            .param(rate.nanos())
                            .update());
        }
        return price;
    }

    private static void requireSensible(String model, String product, List<Price.Tier> tiers) {
        tiers.stream().flatMap(tier -> tier.rates().values().stream()).forEach(rate -> {
            if (rate.isNegative()) {
                throw new ProblemException(
                        Problem.of("billing.negative_price", "The price of '" + model + "' is negative: " + rate));
            }
        });
        int bytes = model.getBytes(StandardCharsets.UTF_8).length;
        if (model.isBlank() || bytes > CallJournal.MODEL_BYTES_MAX || product.isBlank()) {
            throw new ProblemException(Problem.of(
                    "billing.bad_product",
                    "A price needs a model and a product, not '" + model + "' and '" + product + "'"));
        }
    }

    /// One row for each rate of each tier, those of a version together and in order of their tiers.
    private static List<Price> all(JdbcClient.StatementSpec query) {
        Map<Ulid, Price> prices = new LinkedHashMap<>();
        query.query((row, _) -> new Stated(price(row), row.getLong("from_prompt")))
                .list()
                .forEach(stated -> prices.merge(stated.price.version(), stated.price, (one, _) -> stated.joined(one)));
        return List.copyOf(prices.values());
    }

    /// A price of one rate, which holds from so many tokens of prompt on.
    private record Stated(Price price, long fromPrompt) {
        Price joined(Price before) {
            List<Price.Tier> tiers = new ArrayList<>(before.tiers());
            Map<Meter, Money> rates = new EnumMap<>(price.rates());
            if (tiers.getLast().fromPrompt() == fromPrompt) {
                rates.putAll(tiers.removeLast().rates());
                rates.putAll(price.rates());
            }
            tiers.add(new Price.Tier(fromPrompt, rates));
            return new Price(before.version(), before.model(), before.product(), tiers, before.effectiveFrom());
        }
    }

    private static Price price(ResultSet row) throws SQLException {
        return new Price(
                Ulid.parse(row.getString("version")),
                row.getString("model"),
                row.getString("product"),
                Map.of(
                        Meter.of(row.getString("meter")),
                        new Money(row.getLong("nanos"), Currency.getInstance(row.getString("currency")))),
                Columns.instant(row, "effective_from"));
    }
}
