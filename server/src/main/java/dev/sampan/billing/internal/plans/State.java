package dev.sampan.billing.internal.plans;

import dev.sampan.billing.Subscription;
import dev.sampan.billing.Subscription.Status;
import dev.sampan.billing.Subscription.Terms;
import dev.sampan.billing.internal.calendar.Rhythm;
import dev.sampan.billing.internal.calendar.Span;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// One state of a subscription; states are only ever added.
///
/// @param version counts states, from 1
/// @param anchor the day its periods are counted from
/// @param zone the customer's when this state began
/// @param paidPeriods how many have been opened, trials apart
/// @param fee the paid (or trial) period it is in
/// @param use the month (week) of use it is in
/// @param next what it moves to when `fee` ends
/// @param ending whether it ends then
record State(
        Ulid id,
        int version,
        TenantId tenant,
        Status status,
        Terms terms,
        LocalDate anchor,
        ZoneId zone,
        int paidPeriods,
        Span fee,
        Span use,
        @Nullable Terms next,
        boolean ending) {

    /// What is due next, in the order in which it happened. A paid period is of whole months of use.
    enum Due {
        OPEN,
        TURN,
        NOTHING
    }

    Due due(Instant now) {
        if (status == Status.CANCELLED) {
            return Due.NOTHING;
        }
        if (now.isBefore(use.to())) {
            return Due.NOTHING;
        }
        return use.period().end().equals(fee.period().end()) ? Due.OPEN : Due.TURN;
    }

    /// The next paid period has begun.
    State opened(Terms under, LocalDate countedFrom, ZoneId in, Span paid) {
        return new State(
                id,
                version + 1,
                tenant,
                Status.ACTIVE,
                under,
                countedFrom,
                in,
                paidPeriods + 1,
                paid,
                use,
                null,
                false);
    }

    /// The next month of use has begun.
    State turned(Span used) {
        return new State(id, version + 1, tenant, status, terms, anchor, zone, paidPeriods, fee, used, next, ending);
    }

    /// With the month of use that begins at the same moment.
    State withUse(Span used) {
        return new State(id, version, tenant, status, terms, anchor, zone, paidPeriods, fee, used, next, ending);
    }

    State under(Terms other) {
        return new State(id, version + 1, tenant, status, other, anchor, zone, paidPeriods, fee, use, null, false);
    }

    State movingTo(@Nullable Terms other) {
        return new State(id, version + 1, tenant, status, terms, anchor, zone, paidPeriods, fee, use, other, false);
    }

    State endingWithPeriod(boolean ends) {
        return new State(id, version + 1, tenant, status, terms, anchor, zone, paidPeriods, fee, use, null, ends);
    }

    State cancelled() {
        return new State(
                id, version + 1, tenant, Status.CANCELLED, terms, anchor, zone, paidPeriods, fee, use, null, false);
    }

    /// What follows the present month of use.
    Span nextUse(Rhythm rhythm, ZoneId in) {
        return use.next(rhythm.holding(use.period().end()), in);
    }

    Subscription view(String change, Instant changedAt) {
        return new Subscription(
                id,
                version,
                tenant,
                status,
                terms,
                zone,
                fee.period().start(),
                fee.period().end(),
                use.period().start(),
                use.period().end(),
                next,
                ending,
                change,
                changedAt);
    }
}
