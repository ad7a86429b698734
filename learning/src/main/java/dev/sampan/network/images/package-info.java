/// Networks that look at pictures: a body that makes a vector of a picture, and a classifier behind it.
@NamedInterface("images")
@NullMarked
package dev.sampan.network.images;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
