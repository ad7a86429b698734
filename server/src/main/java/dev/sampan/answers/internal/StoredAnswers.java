package dev.sampan.answers.internal;

import dev.sampan.database.DatabaseAway;
import dev.sampan.database.Watch;
import dev.sampan.gateway.Once;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Answers in PostgreSQL, on threads that may block. What a customer keeps is bounded by what was there at the
/// last sweep, a minute ago at the most.
final class StoredAnswers implements Once, SmartLifecycle {
    /// After the journal is in the database, before the door opens.
    static final int PHASE = 1500;

    static final long BYTES_MAX = 256L << 20;
    private static final Logger LOG = LoggerFactory.getLogger(Once.class);

    private final AnswerStore store;
    private final Function<List<Ulid>, Set<Ulid>> charged;
    private final Executor blocking;
    private volatile Map<TenantId, Long> sizes = Map.of();
    private final Watch watch = Watch.every(Duration.ofMinutes(1), "answers", this::sweep);

    /// @param charged which of these calls were
    StoredAnswers(AnswerStore store, Function<List<Ulid>, Set<Ulid>> charged, Executor blocking) {
        this.store = store;
        this.charged = charged;
        this.blocking = blocking;
    }

    @Override
    public CompletionStage<Found> begin(Ask ask) {
        if (sizes.getOrDefault(ask.tenant(), 0L) > BYTES_MAX) {
            return CompletableFuture.completedFuture(Refused.FULL);
        }
        return CompletableFuture.supplyAsync(() -> store.begin(ask), blocking);
    }

    @Override
    public CompletionStage<?> keep(Ask ask, Answered answer) {
        return CompletableFuture.runAsync(() -> store.keep(ask, answer), blocking);
    }

    @Override
    public void free(Ask ask) {
        blocking.execute(() -> {
            try {
                store.free(ask);
            } catch (DatabaseAway e) {
                LOG.warn("A key of an uncharged call stays taken until the next start; the database is away");
            }
        });
    }

    /// Settles what was running when this node stopped. The journal is in the database: whether a call was charged
    /// is known.
    void settleOrphans() {
        List<AnswerStore.Orphan> orphans = store.orphans();
        if (!orphans.isEmpty()) {
            Set<Ulid> paid = charged.apply(
                    orphans.stream().map(AnswerStore.Orphan::requestId).toList());
            orphans.forEach(orphan -> store.settle(orphan, paid.contains(orphan.requestId())));
        }
    }

    @Override
    public void start() {
        settleOrphans();
        Thread.ofVirtual().name("answers-first").start(watch::look); // nobody waits for it
        watch.start();
    }

    private void sweep() {
        sizes = store.sweep();
    }

    @Override
    public void stop() {
        watch.stop();
    }

    @Override
    public boolean isRunning() {
        return watch.running();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
