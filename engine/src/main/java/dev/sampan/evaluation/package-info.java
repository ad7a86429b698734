/// Answers and truth → `Report`: metrics with intervals, curves, confusion, against the majority baseline.
@ApplicationModule(allowedDependencies = {"kernel", "spec", "data", "data::image", "model", "runtime"})
@NullMarked
package dev.sampan.evaluation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
