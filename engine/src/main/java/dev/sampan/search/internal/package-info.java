/// How values are drawn and trials promoted.
@NullMarked
package dev.sampan.search.internal;

import org.jspecify.annotations.NullMarked;
