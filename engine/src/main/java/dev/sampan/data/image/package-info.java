/// Pictures: files → pixels of one size, and what is done to them while a model learns. Pure functions on arrays, safe
/// for many threads; nothing of AWT is seen outside.
@NamedInterface("image")
@NullMarked
package dev.sampan.data.image;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
