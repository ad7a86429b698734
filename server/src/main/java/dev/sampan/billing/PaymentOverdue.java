package dev.sampan.billing;

import dev.sampan.kernel.TenantId;

/// A due invoice was not paid: `reminder_1` …, `suspended`, `cancelled`.
public record PaymentOverdue(TenantId tenant, String number, String step) {}
