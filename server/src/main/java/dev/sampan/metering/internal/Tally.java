package dev.sampan.metering.internal;

import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.limits.UsedSoFar;
import dev.sampan.metering.Usage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Sums of usage by quarters of an hour, for limits; written in the transaction that stores the usage.
final class Tally {
    private static final String ADD = """
            insert into metering.tally as sum
                (tenant_id, quarter, key_id, model, currency, run, requests, tokens, nanos)
            select tenant_id, quarter, key_id, model, currency, ?, requests, tokens, nanos
            from unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
                as row (tenant_id, quarter, key_id, model, currency, requests, tokens, nanos)
            on conflict (tenant_id, quarter, key_id, model, currency, run) do update
                set requests = sum.requests + excluded.requests, tokens = sum.tokens + excluded.tokens,
                    nanos = sum.nanos + excluded.nanos
            """;

    private final Ulid run;

    /// @param run of this node; another one at every start
    Tally(Ulid run) {
        this.run = run;
    }

    private record Name(TenantId tenant, long quarter, Ulid key, String model, String currency) {}

    private record Sums(long requests, long tokens, long nanos) {
        Sums plus(Sums other) {
            return new Sums(requests + other.requests, tokens + other.tokens, nanos + other.nanos);
        }
    }

    private record Row(Name name, Sums sums) {}

    /// @param usages that were not there before
    void add(List<Usage> usages, JdbcClient tx) {
        Map<Name, Sums> sums = new HashMap<>();
        for (Usage usage : usages) {
            Name name = new Name(
                    usage.tenant(),
                    Math.floorDiv(usage.at().toEpochMilli(), UsedSoFar.QUARTER_MILLIS),
                    usage.keyId(),
                    usage.model(),
                    usage.amount().currency().getCurrencyCode());
            Sums one = new Sums(1, usage.quantities().tokens(), usage.amount().nanos());
            sums.merge(name, one, Sums::plus);
        }
        if (sums.isEmpty()) {
            return;
        }
        List<Row> rows = sums.entrySet().stream()
                .map(entry -> new Row(entry.getKey(), entry.getValue()))
                .toList();
        tx.sql(ADD)
                .param(run.toString())
                .param(texts(rows, row -> row.name.tenant.toString()))
                .param(counts(rows, row -> row.name.quarter))
                .param(texts(rows, row -> row.name.key.toString()))
                .param(texts(rows, row -> row.name.model))
                .param(texts(rows, row -> row.name.currency))
                .param(counts(rows, row -> row.sums.requests))
                .param(counts(rows, row -> row.sums.tokens))
                .param(counts(rows, row -> row.sums.nanos))
                .update();
    }

    private static String[] texts(List<Row> rows, Function<Row, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static long[] counts(List<Row> rows, ToLongFunction<Row> column) {
        return rows.stream().mapToLong(column).toArray();
    }
}
