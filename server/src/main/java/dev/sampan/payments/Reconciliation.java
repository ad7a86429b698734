package dev.sampan.payments;

import dev.sampan.kernel.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a provider's day compares with ours.
///
/// @param day of the provider's calendar
/// @param matched payments and refunds that stand in both books with one amount
/// @param failure why it could not be compared; null when it was
public record Reconciliation(
        String provider,
        LocalDate day,
        Instant at,
        long matched,
        List<Finding> findings,
        @Nullable String failure) {
    public Reconciliation {
        findings = List.copyOf(findings);
    }

    public boolean sound() {
        return findings.isEmpty() && failure == null;
    }

    /// @param refund of a refund, else of a payment
    /// @param ours our id, empty where there is none
    /// @param theirs the provider's id, empty where there is none
    /// @param here the amount in our books
    /// @param there the amount in theirs
    public record Finding(
            What what,
            boolean refund,
            String ours,
            String theirs,
            @Nullable Money here,
            @Nullable Money there) {}

    /// What is wrong.
    public enum What {
        /// The provider has money that we know nothing of.
        MISSING_HERE,
        /// We have booked what the provider does not know.
        MISSING_THERE,
        AMOUNT_DIFFERS,
        /// It was paid and never told; it has been booked now.
        BOOKED_LATE
    }
}
