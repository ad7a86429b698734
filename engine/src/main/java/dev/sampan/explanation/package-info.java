/// Runtime and one input → attributions found by asking the model, each with its own quality figure.
@ApplicationModule(allowedDependencies = {"kernel", "spec", "data", "data::image", "model", "runtime"})
@NullMarked
package dev.sampan.explanation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
