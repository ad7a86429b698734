/// Answers of calls with an `Idempotency-Key`, for a day: implements `gateway.Once`. In: a key, claimed before the
/// call runs, and the answer, after its charge is durable. Out: the same answer for the same key, byte for byte.
///
/// **Invariants.** Of calls with one key at most one is charged, on however many nodes and whatever crashes:
/// the key is a row's key, claimed in a transaction of its own before anything runs. A row whose process died is
/// settled when that node starts again and its journal is in the database: if the call was charged, the next one
/// with the key runs without being charged; if not, the key is free.
@ApplicationModule(allowedDependencies = {"kernel", "database", "gateway", "metering"})
@NullMarked
package dev.sampan.answers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
