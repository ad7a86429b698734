/// Quantities → amounts, pure. Everything is exact until [Rating#rounded], which is called once for each line.
@NullMarked
package dev.sampan.billing.internal.rating;

import org.jspecify.annotations.NullMarked;
