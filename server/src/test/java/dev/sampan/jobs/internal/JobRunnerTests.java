package dev.sampan.jobs.internal;

import static dev.sampan.testing.DatabaseFixture.aTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.database.Database;
import dev.sampan.database.DatabaseAway;
import dev.sampan.jobs.Job;
import dev.sampan.jobs.Job.State;
import dev.sampan.jobs.JobWork;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.testing.DatabaseFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;

class JobRunnerTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    private JobStore store = new JobStore(DB.database(), InstantSource.system());
    private final TenantId tenant = aTenant();
    private final AtomicInteger calls = new AtomicInteger();
    private JobRunner runner = aRunner("node-a", (_, _) -> calls.incrementAndGet());

    /// What the work of a test does.
    private interface Doing {
        void run(Job job, Progress progress);
    }

    private JobRunner aRunner(String node, Doing doing) {
        JobWork work = new JobWork() {
            @Override
            public String kind() {
                return "test";
            }

            @Override
            public void run(Job job, Progress progress) {
                doing.run(job, progress);
            }
        };
        ObjectProvider<JobWork> works = new ObjectProvider<>() {
            @Override
            public Stream<JobWork> stream() {
                return Stream.of(work);
            }

            @Override
            public JobWork getObject() {
                return work;
            }
        };
        return new JobRunner(node, store, works, (_, _, _) -> {}, InstantSource.system());
    }

    private Ulid submit() {
        return new DurableJobs(store, runner).submit(tenant, "test", new Input("x"));
    }

    record Input(String what) {}

    private Job await(Ulid id, Predicate<Job> wanted) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(20);
        while (true) {
            Job job = store.job(tenant, id).orElseThrow();
            if (wanted.test(job)) {
                return job;
            }
            assertThat(Instant.now()).as("waiting, job is " + job).isBefore(end);
            Thread.sleep(20);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() {
        runner.stop();
    }

    @Test
    void doesASubmittedJobOnce() throws InterruptedException {
        runner.start();
        Ulid id = submit();
        Job job = await(id, it -> it.state() == State.SUCCEEDED);
        assertThat(job.attempts()).isEqualTo(1);
        assertThat(job.finishedAt()).isNotNull();
        assertThat(calls).hasValue(1);
    }

    @Test
    void aJobSubmittedInATransactionThatFailsWasNeverThere() {
        DurableJobs jobs = new DurableJobs(store, runner);
        assertThatThrownBy(() -> DB.database().asTenant(tenant, _ -> {
                    jobs.submit(tenant, "test", new Input("x"));
                    throw new IllegalStateException("the surrounding work failed");
                }))
                .hasMessageContaining("surrounding");
        assertThat(jobs.latest(tenant, 10)).isEmpty();
    }

    @Test
    void aProblemEndsTheJobAndAFaultIsTriedAgain() throws InterruptedException {
        runner = aRunner("node-b", (_, _) -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("a fault that passes");
            }
            throw new ProblemException(Problem.of("test.mend_me", "The file is gone"));
        });
        runner.start();
        Job job = await(submit(), it -> it.state() == State.FAILED);
        assertThat(job.problem()).isNotNull().extracting(Problem::code).isEqualTo("test.mend_me");
        assertThat(job.attempts()).isEqualTo(2);
    }

    @Test
    void cancelEndsWaitingWorkAtOnceAndRunningWorkByItsProgress() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        runner = aRunner("node-c", (_, progress) -> {
            begun.countDown();
            while (!progress.cancelled()) {
                pause();
            }
            throw new CancellationException("told to");
        });
        DurableJobs jobs = new DurableJobs(store, runner);
        Ulid waiting = submit();
        jobs.cancel(tenant, waiting);
        assertThat(store.job(tenant, waiting).orElseThrow().state()).isEqualTo(State.CANCELLED);
        runner.start();
        Ulid id = submit();
        begun.await();
        jobs.cancel(tenant, id);
        await(id, it -> it.state() == State.CANCELLED);
    }

    @Test
    void stoppingThePlatformPutsWorkBackInsteadOfCancellingIt() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        runner = aRunner("node-d", (_, progress) -> {
            begun.countDown();
            while (!progress.cancelled()) {
                pause();
            }
            throw new CancellationException("told to");
        });
        runner.start();
        Ulid id = submit();
        begun.await();
        runner.stop();
        assertThat(store.job(tenant, id).orElseThrow().state()).isEqualTo(State.WAITING);
        runner = aRunner("node-d", (_, _) -> calls.incrementAndGet());
        runner.start();
        Job job = await(id, it -> it.state() == State.SUCCEEDED);
        assertThat(job.attempts()).isEqualTo(1);
    }

    @Test
    void whatAKilledNodeLeftIsDoneByItsNextStartOrByAnotherNodeWhenTheLeaseIsOver() throws InterruptedException {
        Ulid mine = submit();
        assertThat(store.claim("node-killed", Duration.ofHours(1))).isPresent();
        runner = aRunner("node-killed", (_, _) -> calls.incrementAndGet());
        runner.start();
        await(mine, it -> it.state() == State.SUCCEEDED);
        runner.stop();

        Ulid others = submit();
        assertThat(store.claim("node-lost", Duration.ofMillis(-1))).isPresent();
        runner = aRunner("node-e", (_, _) -> calls.incrementAndGet());
        runner.start();
        await(others, it -> it.state() == State.SUCCEEDED);
        assertThat(calls).hasValue(2);
    }

    @Test
    void aJobThatKillsItsNodeAgainAndAgainIsGivenUp() throws InterruptedException {
        Ulid id = submit();
        for (int i = 0; i < JobRunner.ATTEMPTS_MAX; i++) {
            assertThat(store.claim("node-f", Duration.ofHours(1))).isPresent();
            store.releaseAllOf("node-f");
        }
        runner.start();
        Job job = await(id, it -> it.state() == State.FAILED);
        assertThat(job.problem()).isNotNull().extracting(Problem::code).isEqualTo("jobs.gave_up");
        assertThat(calls).hasValue(0);
    }

    @Test
    void anErrorOfTheMachineEndsAnAttemptLikeAnyFault() throws InterruptedException {
        runner = aRunner("node-g", (_, _) -> {
            if (calls.incrementAndGet() == 1) {
                throw new StackOverflowError("too deep");
            }
        });
        runner.start();
        Job job = await(submit(), it -> it.state() == State.SUCCEEDED);
        assertThat(job.attempts()).isEqualTo(2);
    }

    @Test
    void anEndThatTheDatabaseCouldNotTakeIsWrittenWhenItIsBack() throws InterruptedException {
        AtomicBoolean away = new AtomicBoolean();
        store = new JobStore(new Interrupted(DB.database(), away), InstantSource.system());
        runner = aRunner("node-h", (_, _) -> {
            calls.incrementAndGet();
            away.set(true);
        });
        runner.start();
        Ulid id = submit();
        await(id, _ -> away.get());
        Thread.sleep(1_500);
        away.set(false);
        Job job = await(id, it -> it.state() == State.SUCCEEDED);
        assertThat(job.attempts()).isEqualTo(1);
        assertThat(calls).hasValue(1);
    }

    @Test
    void aLeaseThatNobodyWorksUnderRunsOut() {
        Ulid id = submit();
        assertThat(store.claim("node-i", Duration.ofMillis(-1))).isPresent();
        store.heartbeat("node-i", Set.of(), Duration.ofHours(1));
        assertThat(store.claim("node-j", Duration.ofHours(1)))
                .hasValueSatisfying(job -> assertThat(job.id()).isEqualTo(id));
        assertThat(store.heartbeat("node-j", Set.of(id), Duration.ofHours(1))).isEmpty();
        new DurableJobs(store, runner).cancel(tenant, id);
        assertThat(store.heartbeat("node-j", Set.of(id), Duration.ofHours(1))).containsExactly(id);
        store.end(store.job(tenant, id).orElseThrow(), "node-j", State.CANCELLED, null);
    }

    /// The database, which is away for writers while the flag is up; readers of the test still see it.
    private record Interrupted(Database database, AtomicBoolean away) implements Database {
        @Override
        public <T> T asTenant(TenantId tenant, Function<JdbcClient, T> work) {
            if (away.get() && !Thread.currentThread().getName().equals("main")) {
                throw new DatabaseAway(new IllegalStateException("pulled the plug"));
            }
            return database.asTenant(tenant, work);
        }

        @Override
        public <T> T asPlatform(Function<JdbcClient, T> work) {
            return database.asPlatform(work);
        }

        @Override
        public <T> T snapshot(Function<JdbcClient, T> look) {
            return database.snapshot(look);
        }
    }
}
