/// Fixtures that tests of all rooms and of the server share: `aTinyPackage`.
@NullMarked
package dev.sampan.testing;

import org.jspecify.annotations.NullMarked;
