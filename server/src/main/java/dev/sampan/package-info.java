/// Sampan: the rooms of the platform.
@NullMarked
package dev.sampan;

import org.jspecify.annotations.NullMarked;
