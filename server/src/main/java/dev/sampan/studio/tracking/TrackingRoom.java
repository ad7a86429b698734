package dev.sampan.studio.tracking;

import dev.sampan.database.Database;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts tracking together.
@Configuration(proxyBeanMethods = false)
class TrackingRoom {
    @Bean
    Experiments experiments(Database database, InstantSource clock) {
        return new Experiments(database, clock);
    }

    @Bean
    RunFigures runFigures(Database database) {
        return new RunFigures(database);
    }

    @Bean
    Runs trackedRuns(Database database, Experiments experiments, RunFigures figures, InstantSource clock) {
        return new Runs(database, experiments, figures, clock);
    }

    @Bean
    RunLog runLog(Database database, Runs runs, RunFigures figures) {
        return new RunLog(database, runs, figures);
    }
}
