package dev.sampan.accounts;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import java.time.Instant;

/// A person who signs in.
///
/// @param name sign-in name; case does not matter
public record Member(ActorId id, TenantId tenant, String name, Instant createdAt) {}
