/// Values every room may use. No logic beyond validation, no more than fifteen types, no dependency.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.sampan.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
