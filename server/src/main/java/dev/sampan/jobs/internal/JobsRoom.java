package dev.sampan.jobs.internal;

import dev.sampan.database.Database;
import dev.sampan.jobs.JobWork;
import dev.sampan.jobs.Jobs;
import dev.sampan.kernel.Ulid;
import dev.sampan.shell.LiveEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together.
@Configuration(proxyBeanMethods = false)
class JobsRoom {
    @Bean
    JobStore jobStore(Database database, InstantSource clock) {
        return new JobStore(database, clock);
    }

    @Bean
    JobRunner jobRunner(
            JobStore store,
            ObjectProvider<JobWork> works,
            LiveEvents events,
            InstantSource clock,
            @Value("${sampan.home}") Path home)
            throws IOException {
        return new JobRunner(node(home), store, works, events, clock);
    }

    @Bean
    Jobs jobs(JobStore store, JobRunner runner) {
        return new DurableJobs(store, runner);
    }

    /// The same for as long as the home is: after a crash this node knows its own jobs again and need not wait for
    /// their leases.
    private static String node(Path home) throws IOException {
        Path file = home.resolve("node");
        if (Files.isRegularFile(file)) {
            return Files.readString(file).strip();
        }
        String node = Ulid.next().toString();
        Files.createDirectories(home);
        Files.writeString(file, node + "\n");
        return node;
    }
}
