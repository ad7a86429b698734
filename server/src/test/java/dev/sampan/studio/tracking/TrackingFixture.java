package dev.sampan.studio.tracking;

import dev.sampan.catalog.Catalog;
import dev.sampan.database.Database;
import java.nio.file.Path;
import java.time.InstantSource;

/// Tracking as it is put together, on a test's database.
public record TrackingFixture(
        Experiments experiments,
        RunFigures figures,
        Runs runs,
        RunLog log,
        LoggedModels models,
        Artifacts artifacts,
        RegisteredVersions versions,
        Registry registry,
        Registration registration,
        OwnRuns own) {
    static final long BYTES_MAX = 1_000;

    public static TrackingFixture on(Database database, Catalog catalog, Path home, InstantSource clock) {
        TrackingRoom room = new TrackingRoom();
        Experiments experiments = room.experiments(database, clock);
        RunFigures figures = room.runFigures(database);
        Runs runs = room.trackedRuns(database, experiments, figures, clock);
        RunLog log = room.runLog(database, runs, figures);
        LoggedModels models = room.loggedModels(database, experiments, clock);
        Artifacts artifacts = room.artifacts(home, BYTES_MAX, runs, models, catalog);
        RegisteredVersions versions = room.registeredVersions(database, clock);
        Registry registry = room.registry(database, catalog, versions, clock);
        return new TrackingFixture(
                experiments,
                figures,
                runs,
                log,
                models,
                artifacts,
                versions,
                registry,
                room.registration(registry, versions, artifacts, runs, models, catalog),
                room.ownRuns(experiments, runs, log, registry, clock));
    }
}
