package dev.sampan.suppliers;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.SuppliersSpec;
import java.util.Map;

/// Upstream suppliers and the public models they answer for.
public interface Suppliers {
    /// Puts a whole set in force, on this node at once, on the others within seconds. The prices that it states
    /// are set before, so that no model answers without.
    ///
    /// @param keys supplier → key, for those that want one; sealed before they are kept
    /// @throws dev.sampan.kernel.ProblemException `suppliers.missing_key`, `suppliers.name_taken` (a model of
    /// our own answers under that name)
    Ulid apply(SuppliersSpec spec, Map<String, String> keys, ActorId by);

    /// What is in force, from memory.
    Directory directory();
}
