package dev.sampan.billing;

import dev.sampan.kernel.TenantId;

/// An invoice stands. Told within the transaction, so that what is kept of it is kept with it.
public record InvoiceIssued(TenantId tenant, String number) {}
