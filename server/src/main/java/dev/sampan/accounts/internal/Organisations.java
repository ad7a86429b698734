package dev.sampan.accounts.internal;

import dev.sampan.accounts.Organisation;
import dev.sampan.accounts.Organisation.Kind;
import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rows of organisations.
final class Organisations {
    private final Database database;

    Organisations(Database database) {
        this.database = database;
    }

    /// @throws ProblemException `accounts.name_taken`
    void insert(Organisation made, ActorId by) {
        boolean inserted = database.asTenant(
                made.id(),
                sql -> sql.sql("insert into accounts.organisation values (?, ?, ?, ?, ?) on conflict do nothing")
                                .params(
                                        made.id().toString(),
                                        made.name(),
                                        made.kind().name(),
                                        Columns.utc(made.createdAt()),
                                        by.toString())
                                .update()
                        == 1);
        if (!inserted) {
            throw new ProblemException(
                    Problem.of("accounts.name_taken", "There is an organisation named '" + made.name() + "' already"));
        }
    }

    /// The one team; `made` when there is none yet.
    Organisation team(Organisation made, ActorId by) {
        database.asPlatform(
                sql -> sql.sql("insert into accounts.organisation values (?, ?, ?, ?, ?) on conflict do nothing")
                        .params(
                                made.id().toString(),
                                made.name(),
                                Kind.TEAM.name(),
                                Columns.utc(made.createdAt()),
                                by.toString())
                        .update());
        return ofKind(Kind.TEAM).getFirst();
    }

    List<Organisation> ofKind(Kind kind) {
        return database.asPlatform(sql -> sql.sql("select * from accounts.organisation where kind = ? order by name")
                .param(kind.name())
                .query((row, _) -> organisation(row))
                .list());
    }

    Optional<Organisation> byId(TenantId id) {
        return database.asTenant(
                id,
                sql -> sql.sql("select * from accounts.organisation where tenant_id = ?")
                        .param(id.toString())
                        .query((row, _) -> organisation(row))
                        .optional());
    }

    Optional<Organisation> named(String name) {
        return database.asPlatform(sql -> sql.sql("select * from accounts.organisation where lower(name) = lower(?)")
                .param(name)
                .query((row, _) -> organisation(row))
                .optional());
    }

    /// @return false when there is none of that id
    boolean move(TenantId id, @Nullable ZoneId zone) {
        return database.asTenant(
                id,
                sql -> sql.sql("update accounts.organisation set zone = ? where tenant_id = ?")
                                .param(zone == null ? null : zone.getId())
                                .param(id.toString())
                                .update()
                        == 1);
    }

    private static @Nullable ZoneId zone(@Nullable String name) {
        return name == null ? null : ZoneId.of(name);
    }

    private static Organisation organisation(ResultSet row) throws SQLException {
        return new Organisation(
                TenantId.parse(row.getString("tenant_id")),
                row.getString("name"),
                Kind.valueOf(row.getString("kind")),
                Columns.instant(row, "created_at"),
                zone(row.getString("zone")));
    }
}
