/// Files → checked, cleaned, split, immutable `Dataset` with provenance; and the fitted `Features` that travel
/// with a model.
@ApplicationModule(allowedDependencies = {"kernel", "privacy", "spec"})
@NullMarked
package dev.sampan.data;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
