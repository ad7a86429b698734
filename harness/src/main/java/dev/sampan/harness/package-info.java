/// `./sampan measure NAME`: the figures of docs/figures.md, each measured from outside, beside its peer where it has
/// one.
@NullMarked
package dev.sampan.harness;

import org.jspecify.annotations.NullMarked;
