/// Upstream suppliers: other people's APIs that answer for public models which are not ours. In:
/// `suppliers.yaml` as one whole set ([Suppliers#apply]). Out: the [Directory] in force, from memory; the door
/// asks it at every call. Declares the port [Pricing].
///
/// **Invariants.** A set is in force as a whole or not at all, and none is ever changed. Keys are sealed by the
/// vault before they are kept, and stand in no text of an object here. No model is in force before the price
/// that its file states.
@ApplicationModule(allowedDependencies = {"kernel", "spec", "database", "shell", "trust", "serving"})
@NullMarked
package dev.sampan.suppliers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
