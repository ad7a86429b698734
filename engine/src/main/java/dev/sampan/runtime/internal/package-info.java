/// The runtimes behind the port, each passing the same contract suite.
@NullMarked
package dev.sampan.runtime.internal;

import org.jspecify.annotations.NullMarked;
