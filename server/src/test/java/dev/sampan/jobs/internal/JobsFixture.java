package dev.sampan.jobs.internal;

import dev.sampan.database.Database;
import dev.sampan.jobs.JobWork;
import dev.sampan.jobs.Jobs;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;

/// The real jobs with one kind of work, for tests of rooms below.
public final class JobsFixture {
    private final JobRunner runner;
    private final Jobs jobs;

    public JobsFixture(Database database, String node, Function<Jobs, JobWork> work) {
        JobStore store = new JobStore(database, InstantSource.system());
        runner =
                new JobRunner(node, store, provider(() -> work.apply(jobs())), (_, _, _) -> {}, InstantSource.system());
        jobs = new DurableJobs(store, runner);
    }

    public Jobs jobs() {
        return jobs;
    }

    public void start() {
        runner.start();
    }

    public void stop() {
        runner.stop();
    }

    private static ObjectProvider<JobWork> provider(java.util.function.Supplier<JobWork> work) {
        return new ObjectProvider<>() {
            @Override
            public Stream<JobWork> stream() {
                return Stream.of(work.get());
            }

            @Override
            public JobWork getObject() {
                return work.get();
            }
        };
    }
}
