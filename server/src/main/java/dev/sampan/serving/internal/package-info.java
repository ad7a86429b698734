/// Loaded models and the rows that say which are live.
@NullMarked
package dev.sampan.serving.internal;

import org.jspecify.annotations.NullMarked;
