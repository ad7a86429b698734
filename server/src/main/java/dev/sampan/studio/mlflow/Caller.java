package dev.sampan.studio.mlflow;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;

/// Who calls.
///
/// @param name as it stands in runs that name no user
record Caller(TenantId tenant, ActorId actor, String name) {}
