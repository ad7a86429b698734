package dev.sampan.billing;

import dev.sampan.kernel.TenantId;

/// Nothing of an invoice is due any more.
public record InvoicePaid(TenantId tenant, String number) {}
