package dev.sampan.gateway;

import dev.sampan.accounts.Principal;
import dev.sampan.kernel.Ulid;

/// One priced call at the door.
///
/// @param units the most this call can use (inputs to answer); its dearest outcome is `units` times the price
public record Call(Ulid requestId, Principal principal, String model, long units, long receivedAtMillis) {}
