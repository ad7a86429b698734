package dev.sampan.metering.internal;

import dev.sampan.database.Database;
import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Booking;
import dev.sampan.metering.Usage;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Usage in PostgreSQL. A batch is one statement of column arrays.
final class SqlUsageStore implements UsageStore {
    private static final String POSITION = """
            select group_sequence from metering.drain where node = ? for update
            """;

    private static final String MOVE = """
            insert into metering.drain (node, group_sequence, drained_at) values (?, ?, now())
            on conflict (node) do update set group_sequence = excluded.group_sequence, drained_at = now()
            """;

    private static final String INSERT = """
            insert into metering.usage
                (request_id, tenant_id, key_id, model, units, input, cached_input, output, nanos, currency,
                 price_version, received_at, supplier, cost_nanos, cost_currency, source, batch)
            select request_id, tenant_id, key_id, model, units, input, cached_input, output, nanos, currency,
                   price_version, to_timestamp(millis / 1000.0), supplier, cost_nanos, cost_currency, source, ?
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                        ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::text[])
                as row (request_id, tenant_id, key_id, model, units, input, cached_input, output, nanos, currency,
                        price_version, millis, supplier, cost_nanos, cost_currency, source)
            on conflict (request_id) do nothing
            """;

    /// With what few calls have. Most batches have none of it and go without these columns.
    private static final String INSERT_WHOLE = """
            insert into metering.usage
                (request_id, tenant_id, key_id, model, units, input, cached_input, output, nanos, currency,
                 price_version, received_at, supplier, cost_nanos, cost_currency, source, batch,
                 cache_write, reasoning, requests, images, seconds, from_prompt, fund, drawn)
            select request_id, tenant_id, key_id, model, units, input, cached_input, output, nanos, currency,
                   price_version, to_timestamp(millis / 1000.0), supplier, cost_nanos, cost_currency, source, ?,
                   nullif(cache_write, 0), nullif(reasoning, 0), nullif(requests, 0), nullif(images, 0),
                   nullif(seconds, 0), nullif(from_prompt, 0), fund, drawn
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                        ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::text[],
                        ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[],
                        ?::bigint[])
                as row (request_id, tenant_id, key_id, model, units, input, cached_input, output, nanos, currency,
                        price_version, millis, supplier, cost_nanos, cost_currency, source,
                        cache_write, reasoning, requests, images, seconds, from_prompt, fund, drawn)
            on conflict (request_id) do nothing
            """;

    private final Database database;
    private final Booking booking;
    private final Tally tally;

    SqlUsageStore(Database database, Booking booking) {
        this(database, booking, new Tally(Ulid.next()));
    }

    SqlUsageStore(Database database, Booking booking, Tally tally) {
        this.tally = tally;
        this.database = database;
        this.booking = booking;
    }

    @Override
    public long drained(Ulid node) {
        return database.asPlatform(tx -> position(tx, node));
    }

    @Override
    public void store(Booking.Batch batch, long upTo) {
        database.asPlatform(tx -> {
            if (position(tx, batch.node()) < upTo) {
                DrainGate.enter(tx);
                insert(tx, batch);
                tx.sql(MOVE).param(batch.node().toString()).param(upTo).update();
            }
            return upTo;
        });
    }

    private static long position(JdbcClient tx, Ulid node) {
        return tx.sql(POSITION)
                .param(node.toString())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    private void insert(JdbcClient tx, Booking.Batch batch) {
        List<Usage> usages = batch.usages();
        if (usages.isEmpty()) {
            return;
        }
        boolean plain = usages.stream().allMatch(SqlUsageStore::plain);
        JdbcClient.StatementSpec insert = plain ? tx.sql(INSERT) : tx.sql(INSERT_WHOLE);
        common(insert.param(batch.id().toString()), usages);
        int inserted = (plain ? insert : rest(insert, usages)).update();
        Booking.Batch fresh = inserted == usages.size() ? batch : only(batch, inserted(tx, batch.id()));
        tally.add(fresh.usages(), tx);
        booking.book(fresh, tx);
    }

    private static boolean plain(Usage usage) {
        Quantities counted = usage.quantities();
        return usage.drawn() == null
                && usage.fromPrompt() == 0
                && counted.prompt() + counted.of(Meter.OUTPUT) + counted.of(Meter.UNIT) == counted.total()
                && counted.of(Meter.CACHE_WRITE) == 0;
    }

    private static JdbcClient.StatementSpec common(JdbcClient.StatementSpec insert, List<Usage> usages) {
        return insert.param(texts(usages, usage -> usage.requestId().toString()))
                .param(texts(usages, usage -> usage.tenant().toString()))
                .param(texts(usages, usage -> usage.keyId().toString()))
                .param(texts(usages, Usage::model))
                .param(counts(usages, Meter.UNIT))
                .param(counts(usages, Meter.INPUT))
                .param(counts(usages, Meter.CACHED_INPUT))
                .param(counts(usages, Meter.OUTPUT))
                .param(usages.stream()
                        .mapToLong(usage -> usage.amount().nanos())
                        .toArray())
                .param(texts(usages, usage -> usage.amount().currency().getCurrencyCode()))
                .param(texts(usages, usage -> usage.priceVersion().toString()))
                .param(usages.stream()
                        .map(Usage::at)
                        .mapToLong(Instant::toEpochMilli)
                        .toArray())
                .param(supplied(usages, Supply::supplier))
                .param(usages.stream()
                        .map(usage ->
                                usage.supply() == null ? null : usage.supply().cost())
                        .map(cost -> cost == null ? null : cost.nanos())
                        .toArray(Long[]::new))
                .param(supplied(
                        usages,
                        supply -> supply.cost() == null
                                ? null
                                : supply.cost().currency().getCurrencyCode()))
                .param(supplied(usages, supply -> supply.source().name()));
    }

    private static JdbcClient.StatementSpec rest(JdbcClient.StatementSpec insert, List<Usage> usages) {
        List<Usage.@Nullable Drawn> drawn = usages.stream().map(Usage::drawn).toList();
        return insert.param(counts(usages, Meter.CACHE_WRITE))
                .param(counts(usages, Meter.REASONING))
                .param(counts(usages, Meter.REQUEST))
                .param(counts(usages, Meter.IMAGE))
                .param(counts(usages, Meter.SECOND))
                .param(usages.stream().mapToLong(Usage::fromPrompt).toArray())
                .param(drawn.stream()
                        .map(one -> one == null ? null : one.fund().toString())
                        .toArray(String[]::new))
                .param(drawn.stream()
                        .map(one -> one == null ? null : one.count())
                        .toArray(Long[]::new));
    }

    /// Some rows were there: another attempt stored them, and had them booked.
    private static Set<String> inserted(JdbcClient tx, Ulid batch) {
        return new HashSet<>(tx.sql("select request_id from metering.usage where batch = ?")
                .param(batch.toString())
                .query(String.class)
                .list());
    }

    private static Booking.Batch only(Booking.Batch batch, Set<String> requestIds) {
        return new Booking.Batch(
                batch.id(),
                batch.node(),
                batch.usages().stream()
                        .filter(usage -> requestIds.contains(usage.requestId().toString()))
                        .toList());
    }

    private static long[] counts(List<Usage> usages, Meter meter) {
        return usages.stream().mapToLong(usage -> usage.quantities().of(meter)).toArray();
    }

    private static @Nullable String[] supplied(List<Usage> usages, Function<Supply, @Nullable String> column) {
        return usages.stream()
                .map(usage -> usage.supply() == null ? null : column.apply(usage.supply()))
                .toArray(String[]::new);
    }

    private static String[] texts(List<Usage> usages, Function<Usage, String> column) {
        return usages.stream().map(column).toArray(String[]::new);
    }
}
