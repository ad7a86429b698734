package dev.sampan.console.sample;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.limits.LimitBook;
import dev.sampan.limits.Rule;
import dev.sampan.spec.LimitsSpec;
import java.util.List;

/// Nothing is limited.
final class SampleLimits implements LimitBook {
    @Override
    public Ulid apply(LimitsSpec spec, ActorId by) {
        return Ulid.next();
    }

    @Override
    public LimitsSpec inForce() {
        return LimitsSpec.NONE;
    }

    @Override
    public List<Rule> rules() {
        return List.of();
    }

    @Override
    public KeyLimits ofKey(Ulid key) {
        return KeyLimits.NONE;
    }

    @Override
    public void setKey(TenantId tenant, Ulid key, KeyLimits limits, ActorId by) {
        throw new UnsupportedOperationException("a sample");
    }
}
