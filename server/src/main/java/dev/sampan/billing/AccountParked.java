package dev.sampan.billing;

import dev.sampan.kernel.TenantId;

/// What came out for a customer cannot be right: nothing more is invoiced until a person has looked.
public record AccountParked(TenantId tenant, String reason) {}
