package dev.sampan.payments.internal;

import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.PaymentsSpec;
import dev.sampan.spec.Specs;
import dev.sampan.trust.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/// Rows of sets of providers; the newest is in force.
final class ProviderSets {
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> SECRETS = new TypeReference<>() {};

    private final Database database;
    private final Vault vault;

    ProviderSets(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /// @param trouble why the secrets cannot be opened; then there are none
    record Kept(
            Ulid version,
            PaymentsSpec spec,
            Map<String, String> secrets,
            @Nullable Problem trouble) {
        Kept {
            secrets = Map.copyOf(secrets);
        }

        /// Shows no secret.
        @Override
        public String toString() {
            return "Kept[" + version + "]";
        }
    }

    void add(Kept set, Instant at, ActorId by) {
        byte[] sealed = vault.seal(Json.write(set.secrets).getBytes(StandardCharsets.UTF_8), place(set.version));
        database.asPlatform(tx -> tx.sql("""
                        insert into payments.provider_set (version, document, secrets, applied_at, applied_by)
                        values (?, ?::jsonb, ?, ?, ?)
                        """)
                .param(set.version.toString())
                .param(Json.write(Specs.toTree(set.spec)))
                .param(sealed)
                .param(Columns.utc(at))
                .param(by.toString())
                .update());
    }

    private record Row(Ulid version, String document, byte[] secrets) {}

    Optional<Kept> newerThan(Ulid known) {
        Optional<Row> row = database.asPlatform(tx -> tx.sql("""
                        select version, document, secrets from payments.provider_set
                        where version > ? order by version desc limit 1
                        """)
                .param(known.toString())
                .query((found, _) -> new Row(
                        Ulid.parse(found.getString("version")), found.getString("document"), found.getBytes("secrets")))
                .optional());
        return row.map(this::kept);
    }

    /// A lost master key stops the providers that want a secret, not the platform.
    private Kept kept(Row row) {
        PaymentsSpec spec = Specs.paymentsFromTree(Json.MAPPER.readValue(row.document, TREE));
        try {
            String secrets = new String(vault.open(row.secrets, place(row.version)), StandardCharsets.UTF_8);
            return new Kept(row.version, spec, Json.MAPPER.readValue(secrets, SECRETS), null);
        } catch (ProblemException e) {
            return new Kept(row.version, spec, Map.of(), e.problems().getFirst());
        }
    }

    private static String place(Ulid version) {
        return "payments.provider_set/" + version;
    }
}
