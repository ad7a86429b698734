/// Sampan seen from outside, and the rules of the house as tests.
@NullMarked
package dev.sampan.harness;

import org.jspecify.annotations.NullMarked;
