package dev.sampan.integrity.internal;

import dev.sampan.database.DatabaseAway;
import dev.sampan.integrity.Inspection;
import dev.sampan.integrity.Inspection.Result;
import dev.sampan.integrity.Integrity;
import dev.sampan.integrity.Invariant;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks every invariant, one after another, and keeps what it heard.
final class Inspector implements Integrity {
    private static final Logger LOG = LoggerFactory.getLogger(Integrity.class);

    private final Supplier<List<Invariant>> invariants;
    private final InspectionStore store;
    private final InstantSource clock;

    /// Breaks of the last inspection here, for alarms.
    private volatile long broken;

    /// @param invariants asked late: they are beans of rooms below
    Inspector(Supplier<List<Invariant>> invariants, InspectionStore store, InstantSource clock, MeterRegistry metrics) {
        this.invariants = invariants;
        this.store = store;
        this.clock = clock;
        Gauge.builder("sampan_invariants_broken", this, inspector -> inspector.broken)
                .description("Breaks that the last inspection of this node found")
                .register(metrics);
    }

    @Override
    public Inspection inspect() {
        Instant at = clock.instant();
        List<Result> results = invariants.get().stream().map(Inspector::result).toList();
        Inspection inspection = new Inspection(at, Duration.between(at, clock.instant()), results);
        broken = inspection.broken();
        for (Result result : results) {
            if (!result.sound()) {
                LOG.error("{} is broken {} times: {}", result.id(), result.broken(), result.breaks());
            }
        }
        store.add(inspection);
        return inspection;
    }

    private static Result result(Invariant invariant) {
        try {
            Invariant.Finding finding = invariant.look();
            return new Result(
                    invariant.id(),
                    finding.checked(),
                    finding.breaks().size(),
                    finding.breaks().stream().limit(Result.BREAKS_SHOWN).toList());
        } catch (DatabaseAway e) {
            throw e; // nothing is known: no inspection, rather than a break that is none
        } catch (RuntimeException e) {
            // The boundary of one look: the others are asked all the same, and this one counts as broken.
            LOG.error("{} could not be looked at", invariant.id(), e);
            return new Result(
                    invariant.id(),
                    0,
                    1,
                    List.of("It could not be looked at: " + e.getClass().getSimpleName()));
        }
    }

    @Override
    public List<Inspection> latest(int limit) {
        return store.latest(limit);
    }
}
