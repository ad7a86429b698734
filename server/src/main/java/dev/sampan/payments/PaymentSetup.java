package dev.sampan.payments;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.PaymentsSpec;
import java.util.Map;
import java.util.Optional;

/// Which ways to pay there are.
public interface PaymentSetup {
    /// Puts a whole set in force, on this node at once, on the others within seconds.
    ///
    /// @param secrets environment variable → secret, for all that the set names; sealed before they are kept
    /// @throws dev.sampan.kernel.ProblemException `payments.missing_secret` (none or an empty one: an empty
    ///     webhook
    ///     secret would let anyone say that he has paid), `payments.bad_secret`
    Ulid apply(PaymentsSpec spec, Map<String, String> secrets, ActorId by);

    /// What is in force, from memory; empty before the first was applied.
    Optional<PaymentsSpec> inForce();

    /// Why secrets cannot be opened, and with them no provider be asked.
    Optional<Problem> trouble();
}
