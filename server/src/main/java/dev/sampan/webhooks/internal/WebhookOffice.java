package dev.sampan.webhooks.internal;

import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.trust.Vault;
import dev.sampan.webhooks.Webhooks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// The room's one interface.
final class WebhookOffice implements Webhooks {
    private static final String DELIVERIES = """
            select delivery.*, message.type, message.created_at, endpoint.url
            from webhooks.delivery
            join webhooks.message on message.id = delivery.message_id
            join webhooks.endpoint on endpoint.id = delivery.endpoint_id
            order by delivery.message_id desc limit ?
            """;

    private static final String REPLAY = """
            update webhooks.delivery set state = 'pending', attempts = 0, next_at = ?
            where message_id = ? and endpoint_id = ?
            """;

    private static final String REMOVE = """
            update webhooks.endpoint set removed_at = ? where id = ? and removed_at is null
            """;

    private static final String IN_USE = """
            select * from webhooks.endpoint where removed_at is null order by id desc
            """;

    private final Database database;
    private final Supplier<TenantId> team;
    private final Guard guard;
    private final Vault vault;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    WebhookOffice(Database database, Supplier<TenantId> team, Guard guard, Vault vault, InstantSource clock) {
        this.database = database;
        this.team = team;
        this.guard = guard;
        this.vault = vault;
        this.clock = clock;
    }

    @Override
    public Added add(URI address, ActorId by) {
        guard.check(address);
        Ulid id = Ulid.next();
        String secret = Signature.secret(random);
        byte[] sealed = vault.seal(secret.getBytes(StandardCharsets.UTF_8), Sender.place(id.toString()));
        Instant now = clock.instant();
        database.asPlatform(tx -> tx.sql("""
                        insert into webhooks.endpoint (id, tenant_id, url, secret, created_at, created_by)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .param(id.toString())
                .param(team.get().toString())
                .param(address.toString())
                .param(sealed)
                .param(Columns.utc(now))
                .param(by.toString())
                .update());
        return new Added(new Endpoint(id, address, now), secret);
    }

    @Override
    public void remove(Ulid endpoint) {
        database.asPlatform(tx -> tx.sql(REMOVE)
                .param(Columns.utc(clock.instant()))
                .param(endpoint.toString())
                .update());
    }

    @Override
    public List<Endpoint> endpoints() {
        return database.asPlatform(tx -> tx.sql(IN_USE)
                .query((row, _) -> new Endpoint(
                        Ulid.parse(row.getString("id")),
                        URI.create(row.getString("url")),
                        Columns.instant(row, "created_at")))
                .list());
    }

    @Override
    public List<Delivery> deliveries(int most) {
        return database.asPlatform(tx -> tx.sql(DELIVERIES)
                .param(most)
                .query((row, _) -> new Delivery(
                        Ulid.parse(row.getString("message_id")),
                        Ulid.parse(row.getString("endpoint_id")),
                        URI.create(row.getString("url")),
                        row.getString("type"),
                        Columns.instant(row, "created_at"),
                        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                        row.getInt("attempts"),
                        Columns.instant(row, "next_at"),
                        row.getString("last_answer")))
                .list());
    }

    @Override
    public void replay(Ulid message, Ulid endpoint) {
        int found = database.asPlatform(tx -> tx.sql(REPLAY)
                .param(Columns.utc(clock.instant()))
                .param(message.toString())
                .param(endpoint.toString())
                .update());
        if (found == 0) {
            throw new ProblemException(
                    Problem.of("webhooks.delivery.not_found", "There is no message " + message + " for " + endpoint));
        }
    }
}
