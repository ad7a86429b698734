package dev.sampan.billing;

import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;

/// A subscription is in another state: `subscribed`, `opened`, `moved`, `to_move`, `to_end`, `kept`, `cancelled`.
public record SubscriptionChanged(TenantId tenant, Ulid subscription, String change) {}
