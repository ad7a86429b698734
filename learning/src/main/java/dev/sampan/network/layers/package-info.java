/// Layers: their weights, their forward on libtorch, their nodes in an ONNX graph.
@NullMarked
package dev.sampan.network.layers;

import org.jspecify.annotations.NullMarked;
