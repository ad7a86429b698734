package dev.sampan.limits.internal;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.limits.LimitBook.KeyLimits;
import dev.sampan.spec.LimitsSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Files in force and what keys' pages say.
public interface LimitStore {
    void add(Applied applied, Instant at, ActorId by);

    /// The newest file, when it is a newer one.
    Optional<Applied> newerThan(Ulid known);

    /// @return the number of the change
    long set(TenantId tenant, Ulid key, KeyLimits limits, ActorId by);

    /// In the order of changes.
    List<OfKey> changedAfter(long number);

    /// @param subjects one for each limit, in their order; empty where it names nobody
    record Applied(Ulid version, LimitsSpec spec, List<String> subjects) {
        public static final Applied NONE = new Applied(new Ulid(0, 0), LimitsSpec.NONE, List.of());

        public Applied {
            subjects = List.copyOf(subjects);
        }
    }

    /// @param changed grows with every change of any key's, in the order of commits
    record OfKey(Ulid key, KeyLimits limits, long changed) {}
}
