/// Networks that learn from each other: generators, whose forward and ONNX graph make samples of noise,
/// critics, which score how real a sample looks and never leave training, and what both make small.
@NamedInterface("adversarial")
@NullMarked
package dev.sampan.network.adversarial;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
