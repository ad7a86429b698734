package dev.sampan.studio.tracking;

import static dev.sampan.testing.DatabaseFixture.aTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.catalog.Catalog;
import dev.sampan.catalog.internal.ShelfFixture;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.studio.tracking.Lifecycle.View;
import dev.sampan.studio.tracking.RunFigures.Window;
import dev.sampan.studio.tracking.RunLog.Batch;
import dev.sampan.testing.DatabaseFixture;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Experiments and runs on a real PostgreSQL.
class TrackingTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_000));

    @TempDir
    static Path folder;

    private final Catalog catalog = ShelfFixture.aCatalog(DB.database(), folder.resolve("models"));
    private final TrackingFixture tracking = TrackingFixture.on(DB.database(), catalog, folder, CLOCK);
    private final TenantId tenant = aTenant();

    private String aRun(TenantId tenant, String name, long startMillis) {
        return tracking.runs()
                .begin(
                        tenant,
                        new Runs.Begin(null, Experiment.DEFAULT, name, "li", startMillis, Map.of()),
                        ActorId.PLATFORM)
                .run()
                .id();
    }

    private void logs(String run, Metric... metrics) {
        tracking.log().batch(tenant, run, new Batch(List.of(metrics), Map.of(), Map.of()));
    }

    private List<String> names(Search search) {
        return tracking.runs().search(tenant, List.of(Experiment.DEFAULT), search).runs().stream()
                .map(found -> found.run().name())
                .toList();
    }

    private static Search a(String filter, List<String> orders, int max, @Nullable String token) {
        return new Search(filter, orders, View.ACTIVE_ONLY, max, token);
    }

    @Test
    void thePointOfTheLastStepIsTheLatestInWhateverOrderPointsCome() {
        String run = aRun(tenant, "one", 1);
        logs(run, new Metric("loss", 0.3, 30, 3), new Metric("loss", 0.5, 10, 1));
        logs(run, new Metric("loss", 0.4, 20, 2));
        assertThat(tracking.runs().run(tenant, run).data().metrics()).containsExactly(new Metric("loss", 0.3, 30, 3));
        assertThat(tracking.figures().history(tenant, run, "loss", Window.first(10)))
                .extracting(Metric::value)
                .containsExactly(0.5, 0.4, 0.3);
    }

    @Test
    void aBatchThatIsSentTwiceIsOneBatch() {
        String run = aRun(tenant, "one", 1);
        for (int i = 0; i < 2; i++) {
            tracking.log()
                    .batch(
                            tenant,
                            run,
                            new Batch(
                                    List.of(new Metric("odd", Double.NaN, 1, 1)),
                                    Map.of("lr", "0.1"),
                                    Map.of("a", "b")));
        }
        assertThat(tracking.figures().history(tenant, run, "odd", Window.first(10)))
                .hasSize(1);
    }

    @Test
    void aCurveIsReadInPagesWithoutGapsOrRepeats() {
        String run = aRun(tenant, "one", 1);
        Metric[] points = new Metric[25];
        for (int i = 0; i < points.length; i++) {
            points[i] = new Metric("loss", i % 3, i % 2, i / 4);
        }
        logs(run, points);
        List<Metric> seen = new ArrayList<>();
        Window window = Window.first(7);
        for (List<Metric> page = tracking.figures().history(tenant, run, "loss", window);
                !page.isEmpty();
                page = tracking.figures().history(tenant, run, "loss", window)) {
            seen.addAll(page);
            window = window.after(page.getLast());
        }
        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrder(points);
    }

    @Test
    void nothingOfABatchStaysWhenOneEntryIsRefused() {
        String run = aRun(tenant, "one", 1);
        tracking.log().batch(tenant, run, new Batch(List.of(), Map.of("lr", "0.1"), Map.of()));
        assertThatThrownBy(() -> tracking.log()
                        .batch(
                                tenant,
                                run,
                                new Batch(
                                        List.of(new Metric("loss", 1, 1, 1)),
                                        Map.of("depth", "3", "lr", "0.2"),
                                        Map.of("a", "b"))))
                .hasMessageContaining("'lr'");
        TrackedRun.Data data = tracking.runs().run(tenant, run).data();
        assertThat(data.metrics()).isEmpty();
        assertThat(data.params()).containsOnlyKeys("lr");
        assertThat(data.tags()).containsOnlyKeys("mlflow.runName");
    }

    @Test
    void limitsAreKept() {
        String run = aRun(tenant, "one", 1);
        assertThatThrownBy(() -> tracking.log()
                        .batch(tenant, run, new Batch(List.of(), Map.of("lr", "x".repeat(Limits.PARAM + 1)), Map.of())))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> logs(run, new Metric("../up", 1, 1, 1))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> logs(run, new Metric("x".repeat(Limits.KEY + 1), 1, 1, 1)))
                .isInstanceOf(ProblemException.class);
        Metric[] many = new Metric[Limits.METRICS_IN_BATCH + 1];
        for (int i = 0; i < many.length; i++) {
            many[i] = new Metric("loss", i, i, i);
        }
        assertThatThrownBy(() -> logs(run, many)).isInstanceOf(ProblemException.class);
    }

    @Test
    void pagesOfAnyOrderHoldEveryRunOnceThoughRunsComeMeanwhile() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 40; i++) {
            String run = aRun(tenant, "run " + i, i / 3);
            double[] values = {random.nextInt(4), Double.NaN, Double.POSITIVE_INFINITY};
            int which = random.nextInt(4);
            if (which < values.length) {
                logs(run, new Metric("f1", values[which], 1, 1));
            }
        }
        for (String order : List.of("metrics.f1 DESC", "metrics.f1", "end_time DESC", "start_time", "tags.none")) {
            List<String> seen = new ArrayList<>();
            String token = null;
            do {
                TrackedRun.Listed page = tracking.runs()
                        .search(tenant, List.of(Experiment.DEFAULT), a("name LIKE 'run %'", List.of(order), 7, token));
                page.runs().forEach(found -> seen.add(found.run().name()));
                token = page.next();
                aRun(tenant, "later", 99);
            } while (token != null);
            assertThat(seen).as(order).hasSize(40).doesNotHaveDuplicates();
            assertThat(seen).as(order).isEqualTo(names(a("name LIKE 'run %'", List.of(order), 1_000, null)));
        }
    }

    @Test
    void aTokenOfAnotherOrderIsRefused() {
        for (int i = 0; i < 3; i++) {
            aRun(tenant, "run " + i, i);
        }
        String token = tracking.runs()
                .search(tenant, List.of(Experiment.DEFAULT), a("", List.of("start_time"), 2, null))
                .next();
        assertThatThrownBy(() -> names(a("", List.of("run_name"), 2, token))).hasMessageContaining("page token");
    }

    @Test
    void whatIsNotANumberMatchesNoComparison() {
        logs(aRun(tenant, "odd", 1), new Metric("f1", Double.NaN, 1, 1));
        logs(aRun(tenant, "even", 2), new Metric("f1", 0.5, 1, 1));
        assertThat(names(a("metrics.f1 > 0.1", List.of(), 10, null))).containsExactly("even");
        assertThat(names(a("metrics.f1 < 0.9", List.of(), 10, null))).containsExactly("even");
    }

    @Test
    void anotherTenantSeesNothing() {
        String run = aRun(tenant, "mine", 1);
        TenantId other = aTenant();
        assertThat(tracking.runs()
                        .search(other, List.of(Experiment.DEFAULT), a("", List.of(), 10, null))
                        .runs())
                .isEmpty();
        assertThatThrownBy(() -> tracking.runs().run(other, run)).hasMessageContaining("There is no run");
        assertThatThrownBy(() -> tracking.log().batch(other, run, new Batch(List.of(), Map.of(), Map.of())))
                .hasMessageContaining("There is no run");
    }

    @Test
    void manyWritersOfOneRunNeitherLoseAPointNorWaitInACircle() throws Exception {
        String run = aRun(tenant, "busy", 1);
        try (ExecutorService writers = Executors.newFixedThreadPool(6)) {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                int step = i;
                work.add(() -> {
                    logs(
                            run,
                            new Metric(step % 2 == 0 ? "a" : "b", step, step, step),
                            new Metric("c", step, step, step),
                            new Metric(step % 2 == 0 ? "b" : "a", step, step, step));
                    return true;
                });
            }
            for (Future<Boolean> done : writers.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(tracking.runs().run(tenant, run).data().metrics())
                .hasSize(3)
                .allSatisfy(metric -> assertThat(metric.step()).isEqualTo(23));
        assertThat(tracking.figures().history(tenant, run, "c", Window.first(100)))
                .hasSize(24);
    }

    @Test
    void historyCannotBeRewritten() {
        String run = aRun(tenant, "one", 1);
        logs(run, new Metric("loss", 1, 1, 1));
        assertThatThrownBy(() -> DB.database()
                        .asTenant(
                                tenant,
                                sql -> sql.sql("UPDATE studio.run_metric SET value = 0")
                                        .update()))
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    @Test
    void aDeletedExperimentTakesItsRunsAlongAndBack() {
        Experiment made = tracking.experiments().create(tenant, "short", null, Map.of());
        tracking.runs().begin(tenant, new Runs.Begin(null, made.id(), "x", "li", 1L, Map.of()), ActorId.PLATFORM);
        tracking.experiments().delete(tenant, made.id());
        assertThat(tracking.runs()
                        .search(tenant, List.of(made.id()), a("", List.of(), 10, null))
                        .runs())
                .isEmpty();
        tracking.experiments().restore(tenant, made.id());
        assertThat(tracking.runs()
                        .search(tenant, List.of(made.id()), a("", List.of(), 10, null))
                        .runs())
                .hasSize(1);
        assertThatThrownBy(() -> tracking.experiments().delete(tenant, Experiment.DEFAULT))
                .hasMessageContaining("default experiment");
    }
}
