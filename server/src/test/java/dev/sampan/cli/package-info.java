/// The command line as its users call it.
@NullMarked
package dev.sampan.cli;

import org.jspecify.annotations.NullMarked;
