/// Copies of a running home, the stream of its write-ahead log, and the way back.
@NullMarked
package dev.sampan.database.internal.backup;

import org.jspecify.annotations.NullMarked;
