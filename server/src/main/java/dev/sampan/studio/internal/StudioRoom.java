package dev.sampan.studio.internal;

import dev.sampan.catalog.Catalog;
import dev.sampan.database.Database;
import dev.sampan.jobs.JobWork;
import dev.sampan.jobs.Jobs;
import dev.sampan.shell.LiveEvents;
import dev.sampan.studio.LearningProcess;
import dev.sampan.studio.Road;
import dev.sampan.studio.Stage;
import dev.sampan.studio.Studio;
import dev.sampan.studio.Trainer;
import dev.sampan.studio.tracking.OwnRuns;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together: the local road first, then the stages that other rooms contribute.
@Configuration(proxyBeanMethods = false)
class StudioRoom {
    @Bean
    Trainer trainer() {
        return LearningProcess.ofThisInstallation();
    }

    @Bean
    RunStore runStore(Database database, OwnRuns tracked) {
        return new RunStore(database, tracked);
    }

    @Bean
    Studio studio(RunStore store, Jobs jobs, InstantSource clock) {
        return new DurableStudio(store, jobs, clock);
    }

    @Bean
    Stage registerStage(Catalog catalog) {
        return new RegisterStage(catalog);
    }

    @Bean
    JobWork runWork(
            List<Stage> contributed,
            Trainer trainer,
            RunStore store,
            Jobs jobs,
            LiveEvents events,
            InstantSource clock,
            @Value("${sampan.home}") Path home) {
        List<Stage> all = new ArrayList<>(new Road(home, trainer).stages());
        all.addAll(contributed);
        return new RunWork(all, store, jobs, events, clock);
    }
}
