/// Files as they stand: which there are, how they are encoded, their rows one after another. Never more of a
/// file in memory than one row.
@NullMarked
package dev.sampan.data.internal.source;

import org.jspecify.annotations.NullMarked;
