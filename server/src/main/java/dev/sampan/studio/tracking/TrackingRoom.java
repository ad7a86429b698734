package dev.sampan.studio.tracking;

import dev.sampan.catalog.Catalog;
import dev.sampan.database.Database;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
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
    LoggedModels loggedModels(Database database, Experiments experiments, InstantSource clock) {
        return new LoggedModels(database, experiments, clock);
    }

    @Bean
    Artifacts artifacts(
            @Value("${sampan.home}") Path home,
            @Value("${sampan.tracking.artifact-bytes-max:10737418240}") long bytesMax,
            Runs runs,
            LoggedModels models,
            Catalog catalog) {
        return new Artifacts(home.resolve("artifacts"), bytesMax, runs, models, catalog);
    }

    @Bean
    RegisteredVersions registeredVersions(Database database, InstantSource clock) {
        return new RegisteredVersions(database, clock);
    }

    @Bean
    Registry registry(Database database, Catalog catalog, RegisteredVersions versions, InstantSource clock) {
        return new Registry(database, catalog, versions, clock);
    }

    @Bean
    Registration registration(
            Registry registry,
            RegisteredVersions versions,
            Artifacts artifacts,
            Runs runs,
            LoggedModels models,
            Catalog catalog) {
        return new Registration(registry, versions, artifacts, runs, models, catalog);
    }

    @Bean
    OwnRuns ownRuns(Experiments experiments, Runs runs, RunLog log, Registry registry, InstantSource clock) {
        return new OwnRuns(experiments, runs, log, registry, clock);
    }

    @Bean
    RunLog runLog(Database database, Runs runs, RunFigures figures) {
        return new RunLog(database, runs, figures);
    }
}
