/// What others must be able to trust. So far the [Vault] (envelope of secrets). Knows actors and tenants by id
/// only.
///
/// **Invariants.** The master key is in `SAMPAN_HOME/master-key.json`, readable by this user alone, and nowhere
/// in the database; whoever has only the database, or a copy of it, reads no secret.
@ApplicationModule(allowedDependencies = {"kernel"})
@NullMarked
package dev.sampan.trust;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
