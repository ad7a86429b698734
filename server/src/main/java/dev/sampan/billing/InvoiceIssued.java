package dev.sampan.billing;

import dev.sampan.kernel.TenantId;

/// An invoice stands.
public record InvoiceIssued(TenantId tenant, String number) {}
