/// What tests of every room share.
@NullMarked
package dev.sampan.testing;

import org.jspecify.annotations.NullMarked;
