package dev.sampan.billing;

import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Money or counted units beside a customer's wallet, for some time and some models.
///
/// A call is paid by one fund as a whole, or by the wallet: by the first in [#ORDER] that covers it and has enough left
/// for its dearest outcome. What is left of a fund and is too little for a call stays for smaller ones.
///
/// @param models public names it pays for; empty: all
/// @param priority the least is used first
/// @param startsAt inclusive
/// @param expiresAt exclusive: no call begins on it from then on, one that has begun is still paid; null: never
/// @param granted in its unit, above 0
/// @param reference what it was granted for, unique among the customer's
public record Fund(
        Ulid id,
        TenantId tenant,
        Kind kind,
        FundUnit unit,
        Set<String> models,
        int priority,
        Instant startsAt,
        @Nullable Instant expiresAt,
        long granted,
        String reference) {
    /// In which funds are used.
    public static final Comparator<Fund> ORDER = Comparator.comparingInt(Fund::priority)
            .thenComparing(Fund::expiresAt, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Fund::id);

    public Fund {
        models = Set.copyOf(models);
    }

    /// Why it is there, which says what its use means in the books.
    public enum Kind {
        /// Comes with a plan whose fee has paid for it.
        INCLUDED(100),
        /// Bought apart.
        BUNDLE(200),
        /// Given away.
        PROMOTION(300),
        /// Spent now, invoiced later.
        CREDIT_LINE(400);

        private final int priority;

        Kind(int priority) {
            this.priority = priority;
        }

        /// Where nobody says otherwise.
        public int priority() {
            return priority;
        }
    }

    /// Whether a call of the model may begin on it now.
    public boolean covers(String model, Instant now) {
        return !now.isBefore(startsAt)
                && (expiresAt == null || now.isBefore(expiresAt))
                && (models.isEmpty() || models.contains(model));
    }
}
