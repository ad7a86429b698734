/// Package → smaller package and its receipt: bytes, latency and metrics before and after, on this machine.
@ApplicationModule(allowedDependencies = {"kernel", "spec", "data", "model", "model::onnx", "runtime", "evaluation"})
@NullMarked
package dev.sampan.compression;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
