package dev.sampan.payments.internal;

import dev.sampan.kernel.Money;
import dev.sampan.payments.Reconciliation.Finding;
import dev.sampan.payments.Reconciliation.What;
import dev.sampan.payments.internal.provider.PaymentProvider.Movement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Two lists of what moved, held beside each other. Ids decide, never amounts or times: two payments of one amount
/// on one day are not each other.
///
/// @param matched ids that stand in both with one amount
/// @param findings what differs, theirs first in their order, then ours
/// @param unseen what we have of the day and they did not list, to be asked for one by one: their day and ours
///     do not
///     begin together
record Comparison(Set<String> matched, List<Finding> findings, List<Ours> unseen) {
    Comparison {
        matched = Set.copyOf(matched);
        findings = List.copyOf(findings);
        unseen = List.copyOf(unseen);
    }

    /// @param theirs the provider's id, as far as we know it
    /// @param booked whether it stands in the wallet's books
    /// @param ofTheDay whether by our clock it is of this day
    record Ours(
            Movement.Kind kind, String id, @Nullable String theirs, Money amount, boolean booked, boolean ofTheDay) {}

    /// @param known ours, by the [#key] of our id and of the provider's: everything that the list names, and
    ///     everything of the day
    static Comparison of(List<Movement> listed, Map<String, Ours> known) {
        Set<String> seen = new HashSet<>();
        Set<String> matched = new HashSet<>();
        List<Finding> findings = new ArrayList<>();
        for (Movement movement : listed) {
            Ours ours = known.get(key(movement.kind(), movement.id()));
            if (ours == null) {
                ours = known.get(key(movement.kind(), movement.reference()));
            }
            boolean refund = movement.kind() == Movement.Kind.REFUND;
            if (ours == null || !ours.booked()) {
                findings.add(new Finding(
                        What.MISSING_HERE, refund, movement.id(), movement.reference(), null, movement.amount()));
            } else if (!ours.amount().equals(movement.amount())) {
                seen.add(ours.id());
                findings.add(new Finding(
                        What.AMOUNT_DIFFERS,
                        refund,
                        ours.id(),
                        movement.reference(),
                        ours.amount(),
                        movement.amount()));
            } else {
                seen.add(ours.id());
                matched.add(ours.id());
            }
        }
        List<Ours> unseen = known.values().stream()
                .distinct()
                .filter(one -> one.booked() && one.ofTheDay() && !seen.contains(one.id()))
                .toList();
        return new Comparison(matched, findings, unseen);
    }

    static String key(Movement.Kind kind, String id) {
        return kind + "/" + id;
    }

    static Finding missingThere(Ours ours) {
        return new Finding(
                What.MISSING_THERE,
                ours.kind() == Movement.Kind.REFUND,
                ours.id(),
                ours.theirs() == null ? "" : ours.theirs(),
                ours.amount(),
                null);
    }
}
