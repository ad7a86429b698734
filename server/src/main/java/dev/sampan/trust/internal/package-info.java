/// The vault's keys.
@NullMarked
package dev.sampan.trust.internal;

import org.jspecify.annotations.NullMarked;
