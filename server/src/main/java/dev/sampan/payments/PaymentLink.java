package dev.sampan.payments;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.net.URI;
import java.time.Instant;

/// An amount asked from a customer.
///
/// @param token nobody guesses it; whoever has it can pay and nothing else
/// @param address where it is opened, from outside
public record PaymentLink(
        Ulid id, TenantId tenant, String token, URI address, Money amount, Instant createdAt, Instant expiresAt) {}
