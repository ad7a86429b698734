package dev.sampan.studio.internal;

import static dev.sampan.testing.DatabaseFixture.aTenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.catalog.internal.ShelfFixture;
import dev.sampan.jobs.internal.JobsFixture;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.model.ModelPackage;
import dev.sampan.studio.Road;
import dev.sampan.studio.Run;
import dev.sampan.studio.Stage;
import dev.sampan.studio.StageName;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Studio;
import dev.sampan.studio.Trainer;
import dev.sampan.studio.Voyage;
import dev.sampan.studio.tracking.TrackingFixture;
import dev.sampan.testing.DatabaseFixture;
import dev.sampan.testing.ModelFixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A studio over a trainer that copies, on a database of its own.
@SuppressWarnings("NullAway.Init")
abstract class StudioRooms {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    static final ActorId ACTOR = new ActorId(Ulid.next());

    @TempDir
    Path folder;

    final TenantId tenant = aTenant();
    final AtomicInteger trained = new AtomicInteger();
    final CountDownLatch training = new CountDownLatch(1);
    volatile boolean trainsForEver;
    volatile boolean diskIsFull;
    List<String> labels = ModelFixtures.LABELS;
    Path spec;
    JobsFixture jobs;
    Studio studio;

    @BeforeEach
    void aSpecificationAndAPlatform() throws IOException {
        StringBuilder rows = new StringBuilder("question,label\n");
        for (int i = 0; i < 120; i++) {
            String word = ModelFixtures.WORDS.get(i % 3);
            rows.append("case ")
                    .append(i)
                    .append(' ')
                    .append(word)
                    .append(" number ")
                    .append(i * 7919)
                    .append(',')
                    .append(ModelFixtures.LABELS.get(i % 3))
                    .append('\n');
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        spec = specification("");
        start();
    }

    Path specification(String more) throws IOException {
        return Files.writeString(folder.resolve("sampan.yaml"), """
                name: tickets
                task: text_classification
                data:
                  dataset: rows.csv
                  input_features: [{name: question, type: text}]
                  output_features: [{name: label, type: category}]
                  quality: {fail_on: [single_class], warn_on: []}
                  clean: [nfkc]
                explain: {samples: 2}
                """ + more);
    }

    TrackingFixture tracking;

    void start() {
        var catalog = ShelfFixture.aCatalog(DB.database(), folder.resolve("models"));
        tracking = TrackingFixture.on(DB.database(), catalog, folder, InstantSource.system());
        RunStore store = new RunStore(DB.database(), tracking.own());
        List<Stage> stages = new ArrayList<>(new Road(folder.resolve("home"), new CopyingTrainer()).stages());
        stages.add(new RegisterStage(catalog));
        stages.add(new Passing(StageName.DEPLOY));
        stages.add(new Passing(StageName.PRICE));
        jobs = new JobsFixture(
                DB.database(),
                "studio-" + tenant,
                all -> new RunWork(stages, store, all, (_, _, _) -> {}, InstantSource.system()));
        studio = new DurableStudio(store, jobs.jobs(), InstantSource.system());
        jobs.start();
    }

    @AfterEach
    void stop() {
        trainsForEver = false;
        jobs.stop();
    }

    /// Copies the tiny package, as training would write one.
    private final class CopyingTrainer implements Trainer {
        @Override
        public ModelPackage train(Order order, StageProgress progress) {
            trained.incrementAndGet();
            if (diskIsFull) {
                throw new UncheckedIOException(new IOException("No space left on device"));
            }
            progress.epoch(Map.of("epoch", 1, "train_loss", 0.7));
            training.countDown();
            while (trainsForEver) {
                if (progress.cancelled()) {
                    throw new CancellationException("told to");
                }
                pause();
            }
            progress.epoch(Map.of("epoch", 2, "train_loss", 0.3));
            return order.trialEpochs() == null
                    ? ModelFixtures.aTinyPackage(order.out(), labels, ModelFixtures.WORDS)
                    : ModelFixtures.aTinyPackage(order.out(), order.spec());
        }
    }

    /// A stage of another room, which has its own tests.
    private record Passing(StageName name) implements Stage {
        @Override
        public Outcome run(Voyage voyage, StageProgress progress) {
            return new Outcome(voyage, false, Map.of());
        }
    }

    static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Run await(Ulid id, Predicate<Run> wanted) {
        Instant end = Instant.now().plusSeconds(30);
        while (true) {
            Run run = studio.run(tenant, id).orElseThrow();
            if (wanted.test(run)) {
                return run;
            }
            assertThat(Instant.now()).as("waiting, the run is " + run).isBefore(end);
            pause();
        }
    }

    Run ended(Ulid id) {
        return await(id, run -> run.finishedAt() != null);
    }
}
