/// How answers are kept.
@NullMarked
package dev.sampan.answers.internal;

import org.jspecify.annotations.NullMarked;
