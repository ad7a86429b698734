/// Losses, with PyTorch's definitions.
@NamedInterface("objectives")
@NullMarked
package dev.sampan.network.objectives;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
