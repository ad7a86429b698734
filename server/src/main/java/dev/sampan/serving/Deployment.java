package dev.sampan.serving;

import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Instant;

/// A version that answers under a public name.
///
/// @param publicModel as callers write it
public record Deployment(
        Ulid id,
        TenantId owner,
        String publicModel,
        String name,
        int version,
        Sha256 content,
        int batchMax,
        Instant deployedAt) {}
