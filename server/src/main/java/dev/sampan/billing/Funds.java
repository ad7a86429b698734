package dev.sampan.billing;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Funds of customers. What is granted or ended holds on this installation once the caller's transaction is committed,
/// on others within two seconds.
public interface Funds {
    /// Grants once for a customer's reference.
    ///
    /// @return the fund, or the one that was granted under the reference before
    /// @throws dev.sampan.kernel.ProblemException `billing.bad_fund`
    Fund grant(JdbcClient tx, Grant grant, ActorId by);

    /// Lets a fund expire at `at`, if it would later: no call begins on it from then on.
    ///
    /// @return false when the customer has no open fund of the reference
    boolean end(JdbcClient tx, TenantId customer, String reference, Instant at);

    /// What is open, in the order of use, this second's calls included.
    List<State> of(TenantId customer);

    /// Tells once when the wallet falls below `threshold` ([BalanceLow]), and again after it was above; null: never.
    void tellWhenBelow(TenantId customer, @Nullable Money threshold);

    /// @param amount in the unit; for a line of credit and other money, nanos
    /// @param models public names; empty: all
    /// @param expiresAt null: never
    /// @param reference such as `subscription/ID/2026-12/token`
    record Grant(
            TenantId customer,
            Fund.Kind kind,
            FundUnit unit,
            long amount,
            Set<String> models,
            int priority,
            Instant startsAt,
            @Nullable Instant expiresAt,
            String reference) {
        public Grant {
            models = Set.copyOf(models);
        }

        /// For all models, with the kind's own priority.
        public Grant(
                TenantId customer,
                Fund.Kind kind,
                FundUnit unit,
                long amount,
                Instant startsAt,
                @Nullable Instant expiresAt,
                String reference) {
            this(customer, kind, unit, amount, Set.of(), kind.priority(), startsAt, expiresAt, reference);
        }
    }

    /// @param available may be spent now, in the unit
    /// @param held by running calls of this installation
    /// @param used so far
    record State(Fund fund, long available, long held, long used) {}
}
