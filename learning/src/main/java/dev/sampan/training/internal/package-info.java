/// How training is done: tokens on disk, order of batches, the loop, checkpoints, the linear head, the package.
@NullMarked
package dev.sampan.training.internal;

import org.jspecify.annotations.NullMarked;
