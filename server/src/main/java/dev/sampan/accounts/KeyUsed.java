package dev.sampan.accounts;

import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;

/// The first call with a key was received.
public record KeyUsed(TenantId tenant, Ulid keyId) {}
