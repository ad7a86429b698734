/// Usage facts, each exactly once: the call journal on the local disk, and its drainer into PostgreSQL.
///
/// **In**: what billing decides of a call — a hold, then one settlement or one release ([CallJournal]).
/// **Out**: rows of usage ([Meters]), and the same rows to whoever keeps books ([Booking]), in the
/// transaction that stores them.
///
/// **Invariants.** A settlement whose stage completed survives `kill -9` and power loss. It becomes one row
/// of usage, never two, whatever is repeated: the row's key is the request id, and the drained position moves
/// in the same transaction. The journal promises room on the disk for the settlement of every hold it took.
/// After an error of the disk it stops for good: a write is never tried again and pretended.
@ApplicationModule(
        allowedDependencies = {"kernel", "spec", "database", "shell", "accounts", "integrity", "limits", "gateway"})
@NullMarked
package dev.sampan.metering;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
