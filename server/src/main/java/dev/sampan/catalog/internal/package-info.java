/// The shelf's rows and folders.
@NullMarked
package dev.sampan.catalog.internal;

import org.jspecify.annotations.NullMarked;
