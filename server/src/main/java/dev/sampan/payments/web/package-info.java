/// Payments on the console, the page on which customers pay without signing in, and where providers tell.
@NullMarked
package dev.sampan.payments.web;

import org.jspecify.annotations.NullMarked;
