package dev.sampan.billing.internal;

import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import org.jspecify.annotations.Nullable;

/// What slices are cut from: a customer's wallet, or one of its funds.
///
/// @param fund null for the wallet
record Pot(TenantId tenant, @Nullable Ulid fund) {
    static Pot wallet(TenantId tenant) {
        return new Pot(tenant, null);
    }
}
