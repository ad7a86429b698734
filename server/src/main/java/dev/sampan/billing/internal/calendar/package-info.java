/// Time as contracts know it, pure. Days are days of the customer's zone; a boundary becomes an instant once and stays
/// that instant, also when the customer moves to another zone.
@NullMarked
package dev.sampan.billing.internal.calendar;

import org.jspecify.annotations.NullMarked;
