@NullMarked
package dev.sampan.billing.internal.calendar;

import org.jspecify.annotations.NullMarked;
