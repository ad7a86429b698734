/// How packages are checked and described: validators that run before native code, and the texts for other programs.
@NullMarked
package dev.sampan.model.internal;

import org.jspecify.annotations.NullMarked;
