/// Pages of billing: usage, invoices, and the wallet and price it shows on other rooms' pages.
@NullMarked
package dev.sampan.billing.web;

import org.jspecify.annotations.NullMarked;
