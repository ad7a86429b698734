/// Looking, and keeping what was seen.
@NullMarked
package dev.sampan.integrity.internal;

import org.jspecify.annotations.NullMarked;
