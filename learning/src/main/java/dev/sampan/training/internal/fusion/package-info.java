/// Models over texts, pictures and columns at once: every part fitted and kept on its own, taught together by the one
/// loop.
@NullMarked
package dev.sampan.training.internal.fusion;

import org.jspecify.annotations.NullMarked;
