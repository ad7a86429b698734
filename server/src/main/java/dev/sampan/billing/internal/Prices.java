package dev.sampan.billing.internal;

import dev.sampan.billing.Price;
import dev.sampan.database.Columns;
import dev.sampan.database.Database;
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
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Versions of prices; the newest of each model is kept in memory for the door.
final class Prices {
    private static final String NEWEST = """
            select distinct on (model) * from billing.price order by model, effective_from desc, version desc
            """;

    private static final String AT = """
            select * from billing.price where model = ? and effective_from <= ?
            order by effective_from desc, version desc limit 1
            """;

    private static final String INSERT = """
            insert into billing.price (version, model, product, nanos, currency, effective_from, set_by)
            values (?, ?, ?, ?, ?, ?, ?)
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
        database.asPlatform(tx -> tx.sql(NEWEST).query((row, _) -> price(row)).list())
                .forEach(price -> newest.put(price.model(), price));
    }

    @Nullable
    Price current(String model) {
        return newest.get(model);
    }

    Optional<Price> at(String model, Instant at) {
        return database.asPlatform(tx -> tx.sql(AT)
                .param(model)
                .param(at.atOffset(ZoneOffset.UTC))
                .query((row, _) -> price(row))
                .optional());
    }

    Optional<Price> version(Ulid version) {
        return database.asPlatform(tx -> tx.sql("select * from billing.price where version = ?")
                .param(version.toString())
                .query((row, _) -> price(row))
                .optional());
    }

    Price set(String model, String product, Money perUnit, ActorId by) {
        requireSensible(model, product, perUnit);
        Price set = database.asPlatform(tx -> {
            lock(tx, model);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            Price before = tx.sql(AT)
                    .param(model)
                    .param(now.atOffset(ZoneOffset.UTC))
                    .query((row, _) -> price(row))
                    .optional()
                    .orElse(null);
            boolean same = before != null
                    && before.product().equals(product)
                    && before.perUnit().equals(perUnit);
            return same ? before : insert(tx, new Price(Ulid.next(), model, product, perUnit, now), by);
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
                .param(price.perUnit().nanos())
                .param(price.perUnit().currency().getCurrencyCode())
                .param(Columns.utc(price.effectiveFrom()))
                .param(by.toString())
                .update();
        return price;
    }

    private static void requireSensible(String model, String product, Money perUnit) {
        if (perUnit.isNegative()) {
            throw new ProblemException(
                    Problem.of("billing.negative_price", "The price of '" + model + "' is negative: " + perUnit));
        }
        int bytes = model.getBytes(StandardCharsets.UTF_8).length;
        if (model.isBlank() || bytes > CallJournal.MODEL_BYTES_MAX || product.isBlank()) {
            throw new ProblemException(Problem.of(
                    "billing.bad_product",
                    "A price needs a model and a product, not '" + model + "' and '" + product + "'"));
        }
    }

    private static Price price(ResultSet row) throws SQLException {
        return new Price(
                Ulid.parse(row.getString("version")),
                row.getString("model"),
                row.getString("product"),
                new Money(row.getLong("nanos"), Currency.getInstance(row.getString("currency"))),
                Columns.instant(row, "effective_from"));
    }
}
