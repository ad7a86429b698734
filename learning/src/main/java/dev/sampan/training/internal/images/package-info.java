/// Classifiers of pictures: decoded and brought to one size once, kept as bytes on disk, changed at random in every
/// epoch, taught by the one loop.
@NullMarked
package dev.sampan.training.internal.images;

import org.jspecify.annotations.NullMarked;
