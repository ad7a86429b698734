/// What stands behind `Datasets`. `source` reads files as they stand, `prepare` makes a version of them.
@NullMarked
package dev.sampan.data.internal;

import org.jspecify.annotations.NullMarked;
