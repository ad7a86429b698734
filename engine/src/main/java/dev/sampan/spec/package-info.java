/// `sampan.yaml` → one typed, resolved `Spec`; every mistake of its author is a `Problem` with the place in the
/// file.
@ApplicationModule(allowedDependencies = {"kernel", "privacy"})
@NullMarked
package dev.sampan.spec;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
