/// Tests of the room's public types.
@NullMarked
package dev.sampan.studio;

import org.jspecify.annotations.NullMarked;
