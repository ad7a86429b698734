/// Writing ONNX graphs from Java: a builder by name over the format's own protobuf messages, with constants, attributes
/// and the taking in of a whole other graph. Part of the room `model`, open to the rooms that train and compress.
@NamedInterface("onnx")
@NullMarked
package dev.sampan.model.onnx;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
