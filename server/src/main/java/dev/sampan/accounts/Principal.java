package dev.sampan.accounts;

import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;

/// Who calls the API.
public record Principal(TenantId tenant, Ulid keyId, String keyName) {}
