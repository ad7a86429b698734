package dev.sampan.webhooks.internal;

import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Deliveries as the sender sees them: what is due, to one node at a time, and what came of it.
final class Sendings {
    /// After each try; about three days in all.
    static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    /// Whoever took a delivery and has not said in this time what came of it, is gone.
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final String TAKE = """
            update webhooks.delivery set attempts = attempts + 1, next_at = ?
            from (select message_id, endpoint_id from webhooks.delivery
                  where state = 'pending' and next_at <= ? order by next_at limit ? for update skip locked) as due,
                 webhooks.message, webhooks.endpoint
            where delivery.message_id = due.message_id and delivery.endpoint_id = due.endpoint_id
              and message.id = due.message_id and endpoint.id = due.endpoint_id
            returning delivery.message_id, delivery.endpoint_id, delivery.attempts, message.body, endpoint.url,
                endpoint.secret, endpoint.removed_at is not null as removed
            """;

    private static final String DONE = """
            update webhooks.delivery set state = ?, next_at = ?, last_answer = ?, delivered_at = ?
            where message_id = ? and endpoint_id = ? and attempts = ?
            """;

    private final Database database;

    Sendings(Database database) {
        this.database = database;
    }

    /// @param attempt from 1 on
    /// @param secret sealed
    /// @param removed whether the endpoint is not in use any more
    record Sending(
            String message, String endpoint, int attempt, String body, String url, byte[] secret, boolean removed) {
        Sending {
            secret = secret.clone();
        }

        @Override
        public byte[] secret() {
            return secret.clone();
        }
    }

    List<Sending> take(Instant now, int most) {
        return database.asPlatform(tx -> tx.sql(TAKE)
                .param(Columns.utc(now.plus(LEASE)))
                .param(Columns.utc(now))
                .param(most)
                .query((row, _) -> new Sending(
                        row.getString("message_id"),
                        row.getString("endpoint_id"),
                        row.getInt("attempts"),
                        row.getString("body"),
                        row.getString("url"),
                        row.getBytes("secret"),
                        row.getBoolean("removed")))
                .list());
    }

    /// @param answer status or fault, for people
    void done(Sending sending, boolean delivered, String answer, Instant now) {
        boolean last = sending.removed || sending.attempt > PAUSES.size();
        String state = delivered ? "delivered" : last ? "dead" : "pending";
        Instant next = state.equals("pending") ? now.plus(PAUSES.get(sending.attempt - 1)) : now;
        database.asPlatform(tx -> tx.sql(DONE)
                .param(state)
                .param(Columns.utc(next))
                .param(answer.length() <= 200 ? answer : answer.substring(0, 200))
                .param(delivered ? Columns.utc(now) : null)
                .param(sending.message)
                .param(sending.endpoint)
                .param(sending.attempt)
                .update());
    }
}
