/// Package → answers. Batching lives here; HTTP and money do not.
@ApplicationModule(allowedDependencies = {"kernel", "spec", "data", "model"})
@NullMarked
package dev.sampan.runtime;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
