package dev.sampan.accounts.internal;

import dev.sampan.accounts.Member;
import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Rows of members. Sign-in looks for a name before it knows the tenant, hence across tenants.
final class MemberStore {
    private final Database database;

    MemberStore(Database database) {
        this.database = database;
    }

    /// @param password hashed
    record Stored(Member member, String password, boolean oneTime) {}

    /// @return false when there is a member of that name
    boolean insert(Stored made) {
        Member member = made.member();
        return database.asTenant(
                member.tenant(),
                sql -> sql.sql("insert into accounts.member values (?, ?, ?, ?, ?, ?) on conflict do nothing")
                                .params(
                                        member.id().toString(),
                                        member.tenant().toString(),
                                        member.name(),
                                        made.password(),
                                        made.oneTime(),
                                        Columns.utc(member.createdAt()))
                                .update()
                        == 1);
    }

    Optional<Stored> named(String name) {
        return database.asPlatform(sql -> sql.sql("select * from accounts.member where lower(name) = lower(?)")
                .param(name)
                .query((row, _) -> stored(row))
                .optional());
    }

    Optional<Stored> byId(ActorId id) {
        return database.asPlatform(sql -> sql.sql("select * from accounts.member where id = ?")
                .param(id.toString())
                .query((row, _) -> stored(row))
                .optional());
    }

    /// By name.
    List<Member> of(TenantId tenant) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("select * from accounts.member where tenant_id = ? order by lower(name)")
                        .param(tenant.toString())
                        .query((row, _) -> stored(row).member())
                        .list());
    }

    /// Only while the password is still the one that was looked at: nobody's newer choice is undone.
    ///
    /// @param password hashed
    /// @return false when it is not
    boolean replace(Stored old, String password, boolean oneTime) {
        Member member = old.member();
        return database.asTenant(
                member.tenant(),
                sql -> sql.sql("""
                                update accounts.member set password = ?, one_time = ?
                                where tenant_id = ? and id = ? and password = ?
                                """)
                                .params(
                                        password,
                                        oneTime,
                                        member.tenant().toString(),
                                        member.id().toString(),
                                        old.password())
                                .update()
                        == 1);
    }

    private static Stored stored(ResultSet row) throws SQLException {
        Member member = new Member(
                new ActorId(Ulid.parse(row.getString("id"))),
                TenantId.parse(row.getString("tenant_id")),
                row.getString("name"),
                Columns.instant(row, "created_at"));
        return new Stored(member, row.getString("password"), row.getBoolean("one_time"));
    }
}
