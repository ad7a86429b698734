package dev.sampan.limits;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.LimitsSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is limited.
public interface LimitBook {
    /// Puts a whole file in force, on this node at once, on the others within seconds.
    ///
    /// @throws dev.sampan.kernel.ProblemException `limits.unknown_subject` where `of` names nobody
    Ulid apply(LimitsSpec spec, ActorId by);

    /// The file in force.
    LimitsSpec inForce();

    /// All limits in force with whom they are for, those of keys' pages too.
    List<Rule> rules();

    /// What a key's page says; it goes before what the file says of keys.
    KeyLimits ofKey(Ulid key);

    /// @param limits [KeyLimits#NONE] takes back what was said
    void setKey(TenantId tenant, Ulid key, KeyLimits limits, ActorId by);

    /// @param requests calls a minute; null: as the file says
    /// @param tokens a minute; null: as the file says
    /// @param spend a month; null: as the file says
    record KeyLimits(
            @Nullable Long requests,
            @Nullable Long tokens,
            @Nullable Money spend) {
        public static final KeyLimits NONE = new KeyLimits(null, null, null);
    }
}
