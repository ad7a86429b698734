/// From real pictures and rows to the package of a generator that makes more of them.
@NullMarked
package dev.sampan.training.internal.generate;

import org.jspecify.annotations.NullMarked;
