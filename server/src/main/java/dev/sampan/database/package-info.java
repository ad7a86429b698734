/// PostgreSQL: started, watched and stopped by us or given by URL; migrations room by room; transactions bound to one
/// tenant. In: a room's SQL. Out: its rows, never another tenant's.
///
/// **For a room with tables.** Put `db/migration/ROOM/V1__name.sql` on the class path. The schema `ROOM` exists, it is
/// the search path while the file runs, and the application's role may select, insert, update and delete what the file
/// creates (revoke what your room never does). Write every table so:
///
/// ```sql
/// create table invoice (
///     id        text collate "C" primary key check (length(id) = 26),  -- Ulid as its 26 letters: sorts by time
///     tenant_id text collate "C" not null,
///     content   text,                                                  -- Sha256 as 64 hexadecimal digits
///     nanos     bigint not null, currency char(3) not null             -- Money
/// );
/// select database.protect('billing.invoice');  -- forced row-level security by tenant_id
/// ```
///
/// A table without customers' data goes unprotected only with a reason in `TenancyTests`. Rooms are migrated in the
/// order of `Migrations.ROOMS`, each with a history of its own; no foreign key crosses rooms.
///
/// **Invariants.** Commits are on the disk when they return (fsync, synchronous_commit and full_page_writes are asked
/// for at every start). The application's role owns nothing and cannot bypass row-level security. Outside of
/// [Database#asTenant] and [Database#asPlatform] it sees no row at all. Two platforms never share one home.
@ApplicationModule(allowedDependencies = {"kernel"})
@NullMarked
package dev.sampan.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
