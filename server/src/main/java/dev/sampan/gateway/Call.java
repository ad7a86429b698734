package dev.sampan.gateway;

import dev.sampan.accounts.Principal;
import dev.sampan.kernel.Ulid;

/// One priced call at the door.
///
/// @param most the most this call can use; it is held at the dearest price that this can come to
public record Call(Ulid requestId, Principal principal, String model, Quantities most, long receivedAtMillis) {}
