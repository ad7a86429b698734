/// The model package: a directory every room understands and Python reads too. Nothing reaches native code unvalidated.
@ApplicationModule(allowedDependencies = {"kernel", "spec", "data"})
@NullMarked
package dev.sampan.model;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
