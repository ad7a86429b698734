/// Sets of suppliers and how they are kept.
@NullMarked
package dev.sampan.suppliers.internal;

import org.jspecify.annotations.NullMarked;
