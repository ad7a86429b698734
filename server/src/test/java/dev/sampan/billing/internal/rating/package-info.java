@NullMarked
package dev.sampan.billing.internal.rating;

import org.jspecify.annotations.NullMarked;
