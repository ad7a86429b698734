package dev.sampan.accounts;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import org.jspecify.annotations.Nullable;

/// Who calls the API.
///
/// @param project null where the key is of none
/// @param member who made the key
public record Principal(
        TenantId tenant,
        Ulid keyId,
        String keyName,
        @Nullable String project,
        ActorId member) {
    public Principal(TenantId tenant, Ulid keyId, String keyName) {
        this(tenant, keyId, keyName, null, ActorId.PLATFORM);
    }
}
