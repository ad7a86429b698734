/// Architectures, under the names that Hugging Face uses for their settings and PyTorch for their weights. Each layer
/// knows its forward on libtorch and its nodes in an ONNX graph, side by side, and a test holds the two against each
/// other.
@ApplicationModule(allowedDependencies = {"kernel", "spec", "model", "model::onnx", "compute"})
@NullMarked
package dev.sampan.network;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
