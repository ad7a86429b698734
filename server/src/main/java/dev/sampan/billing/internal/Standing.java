package dev.sampan.billing.internal;

import dev.sampan.kernel.TenantId;

/// Whether a customer's account is in order, from memory: the door asks at every call.
public interface Standing {
    /// Whether calls are refused until what is due is paid.
    boolean suspended(TenantId customer);
}
