package dev.sampan.jobs.internal;

import dev.sampan.database.DatabaseAway;
import dev.sampan.jobs.Job;
import dev.sampan.jobs.Job.State;
import dev.sampan.jobs.JobWork;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import dev.sampan.shell.LiveEvents;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/// Takes jobs and does them, some at once. One loop claims, extends leases and hears cancellations; each job has a
/// platform thread of its own, since it computes and would keep a carrier of virtual threads for itself. A fault of
/// the work is tried again; a problem that a person must mend is not.
final class JobRunner implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    static final int ATTEMPTS_MAX = 5;
    private static final int AT_ONCE = 2;
    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final long BEAT_MILLIS = 500;
    private static final long AWAY_MILLIS = 500;
    private static final long STOP_SECONDS = 15;

    private final String node;
    private final JobStore store;
    private final ObjectProvider<JobWork> works;
    private final LiveEvents events;
    private final InstantSource clock;
    private final Map<Ulid, RunningJob> running = new ConcurrentHashMap<>();
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Semaphore wakes = new Semaphore(0);
    private volatile boolean stopping;
    private volatile Thread loop = Thread.ofPlatform().unstarted(() -> {});
    private Map<String, JobWork> byKind = Map.of();

    JobRunner(String node, JobStore store, ObjectProvider<JobWork> works, LiveEvents events, InstantSource clock) {
        this.node = node;
        this.store = store;
        this.works = works;
        this.events = events;
        this.clock = clock;
    }

    /// There may be something to do.
    void wake() {
        wakes.release();
    }

    @Override
    public void start() {
        byKind = works.stream().collect(Collectors.toMap(JobWork::kind, Function.identity()));
        store.releaseAllOf(node);
        stopping = false;
        loop = Thread.ofPlatform().name("jobs").daemon().start(this::beat);
    }

    private void beat() {
        while (!stopping) {
            try {
                List<Ulid> unwanted = store.heartbeat(node, running.keySet(), LEASE);
                unwanted.forEach(id -> Optional.ofNullable(running.get(id)).ifPresent(RunningJob::requestCancel));
                claimWhileFree();
            } catch (DatabaseAway away) {
                // Nothing can be claimed without the database; the next beat asks again.
            }
            try {
                if (wakes.tryAcquire(BEAT_MILLIS, TimeUnit.MILLISECONDS)) {
                    wakes.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void claimWhileFree() {
        while (!stopping && free.tryAcquire()) {
            Optional<Job> job;
            try {
                job = store.claim(node, LEASE);
            } catch (DatabaseAway away) {
                free.release();
                throw away;
            }
            if (job.isEmpty()) {
                free.release();
                return;
            }
            RunningJob mine = new RunningJob(job.get(), node, store, events, clock);
            running.put(job.get().id(), mine);
            Thread.ofPlatform().name("job-" + job.get().id()).daemon().start(() -> work(mine));
        }
    }

    private void work(RunningJob mine) {
        try {
            Outcome outcome = attempt(mine);
            while (!written(mine, outcome)) {
                Thread.sleep(AWAY_MILLIS);
            }
        } catch (InterruptedException e) {
            // Not written: the lease runs out and the job is done again, which changes nothing.
            Thread.currentThread().interrupt();
        } finally {
            running.remove(mine.job().id());
            free.release();
            wake();
        }
    }

    /// Work of hours is not done again because the database was away for seconds at its end. While the platform stops
    /// nothing is waited for.
    private boolean written(RunningJob mine, Outcome outcome) {
        try {
            end(mine, outcome);
            return true;
        } catch (DatabaseAway away) {
            return stopping;
        }
    }

    /// How an attempt went.
    private sealed interface Outcome {
        record Ended(State state, Optional<Problem> problem) implements Outcome {}

        record PutBack(Duration pause, boolean countAttempt) implements Outcome {}
    }

    private Outcome attempt(RunningJob mine) {
        Job job = mine.job();
        JobWork work = byKind.get(job.kind());
        if (work == null) {
            return failed(
                    Problem.of("jobs.unknown_kind", "This version does not know jobs of kind '" + job.kind() + "'"));
        }
        if (job.attempts() > ATTEMPTS_MAX) {
            return failed(
                    Problem.of("jobs.gave_up", "The job was begun " + ATTEMPTS_MAX + " times and never came to an end")
                            .remedy("Look into logs/sampan.log, then launch it again"));
        }
        try {
            work.run(job, mine);
            return new Outcome.Ended(State.SUCCEEDED, Optional.empty());
        } catch (ProblemException problem) {
            return failed(problem.problems().getFirst());
        } catch (CancellationException cancelled) {
            return mine.wasAskedToEnd()
                    ? new Outcome.Ended(State.CANCELLED, Optional.empty())
                    : new Outcome.PutBack(Duration.ZERO, false);
        } catch (DatabaseAway away) {
            return new Outcome.PutBack(Duration.ofSeconds(2), false);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError fault) {
            LOG.error("Job {} of kind {} met a fault", job.id(), job.kind(), fault);
            return job.attempts() < ATTEMPTS_MAX
                    ? new Outcome.PutBack(Duration.ofSeconds(1L << job.attempts()), true)
                    : failed(Problem.of("jobs.fault", "The work failed by a fault of ours: " + fault));
        }
    }

    private static Outcome failed(Problem problem) {
        return new Outcome.Ended(State.FAILED, Optional.of(problem));
    }

    private void end(RunningJob mine, Outcome outcome) {
        Job job = mine.job();
        switch (outcome) {
            case Outcome.Ended ended -> {
                store.end(job, node, ended.state(), ended.problem().orElse(null));
                events.publish(
                        "job/" + job.id(),
                        "state",
                        Map.of("state", ended.state().name()));
            }
            case Outcome.PutBack back ->
                store.putBack(job, node, clock.instant().plus(back.pause()), back.countAttempt());
        }
    }

    @Override
    public void stop() {
        stopping = true;
        running.values().forEach(RunningJob::nodeStops);
        wake();
        try {
            loop.join();
            if (free.tryAcquire(AT_ONCE, STOP_SECONDS, TimeUnit.SECONDS)) {
                free.release(AT_ONCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return loop.isAlive();
    }

    /// After everything that jobs may need, before the doors close.
    @Override
    public int getPhase() {
        return 200;
    }
}
