package dev.sampan.billing;

import dev.sampan.kernel.TenantId;

/// Something of an invoice was given back.
public record CreditNoteIssued(TenantId tenant, String number) {}
