/// The one loop that teaches every network: what it reads ([Examples], [Batch]), how it steps, and how it goes on after
/// an interruption.
@NamedInterface("loop")
@NullMarked
package dev.sampan.training.loop;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
