package dev.sampan.limits;

import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.LimitsSpec.Measure;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was used by charged calls, a port: metering stands behind it.
public interface UsedSoFar {
    /// Of times that are asked for, and of sums: a quarter of an hour. Every zone's midnight is at one.
    long QUARTER_MILLIS = 15 * 60 * 1000L;

    /// What was charged on this node before the call is in what a later [#look] sees. Blocks.
    void flush();

    /// One sum for each question, in their order. Blocks.
    ///
    /// @throws dev.sampan.database.DatabaseAway when it cannot be known now
    List<Sum> look(List<Question> questions);

    /// @param tenant null: all
    /// @param keys empty: all
    /// @param model null: all
    /// @param currency of spend; else null
    /// @param from calls received before do not count; at a quarter
    /// @param since at a quarter; see [Sum]
    record Question(
            @Nullable TenantId tenant,
            Set<Ulid> keys,
            @Nullable String model,
            Measure measure,
            @Nullable Currency currency,
            Instant from,
            Instant since) {
        public Question {
            keys = Set.copyOf(keys);
        }
    }

    /// @param elsewhere by other nodes, and by this one before its start or before `since`
    /// @param here by this node since `since`
    record Sum(long elsewhere, long here) {}
}
