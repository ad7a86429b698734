package dev.sampan.metering.internal;

import dev.sampan.database.Database;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.limits.UsedSoFar;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What was used, from [Tally].
final class SqlUsedSoFar implements UsedSoFar {
    private static final String SUM = """
            select coalesce(sum(amount) filter (where run <> ? or quarter < ?), 0)::bigint as elsewhere,
                   coalesce(sum(amount) filter (where run = ? and quarter >= ?), 0)::bigint as here
            from (select run, quarter,
                         case ? when 'REQUESTS' then requests when 'TOKENS' then tokens else nanos end as amount
                  from metering.tally
                  where quarter >= ? and (? or key_id = any (?::text[])) and (? or model = ?) and (? or currency = ?)
            """;

    private static final String OF_ALL = SUM + ") as counted";
    private static final String OF_ONE = SUM + " and tenant_id = ?) as counted";

    private final Database database;
    private final Runnable journal;
    private final Ulid run;

    /// @param journal moves what it holds into the database
    SqlUsedSoFar(Database database, Runnable journal, Ulid run) {
        this.database = database;
        this.journal = journal;
        this.run = run;
    }

    @Override
    public void flush() {
        journal.run();
    }

    @Override
    public List<Sum> look(List<Question> questions) {
        return database.asPlatform(
                tx -> questions.stream().map(question -> look(tx, question)).toList());
    }

    private Sum look(JdbcClient tx, Question question) {
        TenantId tenant = question.tenant();
        JdbcClient.StatementSpec sum = tenant == null ? tx.sql(OF_ALL) : tx.sql(OF_ONE);
        JdbcClient.StatementSpec asked = sum.param(run.toString())
                .param(quarter(question.since()))
                .param(run.toString())
                .param(quarter(question.since()))
                .param(question.measure().name())
                .param(quarter(question.from()))
                .param(question.keys().isEmpty())
                .param(question.keys().stream().map(Ulid::toString).toArray(String[]::new))
                .param(question.model() == null)
                .param(Objects.requireNonNullElse(question.model(), ""))
                .param(question.currency() == null)
                .param(question.currency() == null ? "" : question.currency().getCurrencyCode());
        return (tenant == null ? asked : asked.param(tenant.toString()))
                .query((row, _) -> new Sum(row.getLong("elsewhere"), row.getLong("here")))
                .single();
    }

    private static long quarter(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), QUARTER_MILLIS);
    }
}
