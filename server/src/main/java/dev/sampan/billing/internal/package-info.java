/// Behind billing: slices in memory, leases, the ledger, prices, invoices.
@NullMarked
package dev.sampan.billing.internal;

import org.jspecify.annotations.NullMarked;
