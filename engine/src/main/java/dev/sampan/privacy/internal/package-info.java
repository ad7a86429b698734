/// The scanners: one for each kind of personal data, over a text that is folded once.
@NullMarked
package dev.sampan.privacy.internal;

import org.jspecify.annotations.NullMarked;
