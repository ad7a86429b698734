/// Layers: their weights, their forward on libtorch, their nodes in an ONNX graph.
@NamedInterface("layers")
@NullMarked
package dev.sampan.network.layers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
