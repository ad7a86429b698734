/// How runs are walked, cached and kept.
@NullMarked
package dev.sampan.studio.internal;

import org.jspecify.annotations.NullMarked;
