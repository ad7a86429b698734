/// Counters and the sets in force.
@NullMarked
package dev.sampan.limits.internal;

import org.jspecify.annotations.NullMarked;
