package dev.sampan.serving.internal;

import static dev.sampan.testing.DatabaseFixture.aTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.catalog.Catalog;
import dev.sampan.catalog.ModelVersion;
import dev.sampan.catalog.internal.ShelfFixture;
import dev.sampan.data.Target;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.serving.Deployment;
import dev.sampan.spec.ServeSpec;
import dev.sampan.testing.DatabaseFixture;
import dev.sampan.testing.ModelFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ServingTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    @TempDir
    Path folder;

    private final TenantId tenant = aTenant();
    private final ActorId actor = new ActorId(Ulid.next());
    private final List<LiveModels> opened = new ArrayList<>();
    private volatile Instant now = Instant.now();
    private Catalog catalog;
    private LiveModels serving;

    @BeforeEach
    void open() {
        DB.owner().sql("TRUNCATE serving.deployment").update();
        catalog = ShelfFixture.aCatalog(DB.database(), folder.resolve("shelf"));
        serving = aPlatform(LiveModels.from(catalog), Capacity.ofThisMachine());
    }

    @AfterEach
    void stop() {
        opened.forEach(LiveModels::stop);
    }

    private LiveModels aPlatform(Function<Deployment, Runtime> loader, Capacity capacity) {
        LiveModels models = new LiveModels(new DeploymentStore(DB.database()), loader, capacity, () -> now);
        opened.add(models);
        models.start();
        return models;
    }

    /// What the platform is after it was stopped and started.
    private LiveModels restarted() {
        serving.stop();
        return aPlatform(LiveModels.from(catalog), Capacity.ofThisMachine());
    }

    /// A version whose every answer to `tea` is the given label.
    private ModelVersion aVersion(TenantId owner, String label) {
        return catalog.register(
                owner,
                "helpdesk",
                ModelFixtures.aTinyPackage(
                        folder.resolve(Ulid.next().toString()), List.of(label, "zzz"), List.of("tea", "nothing")),
                actor);
    }

    private static ServeSpec as(String publicModel) {
        return new ServeSpec(publicModel, 8);
    }

    private static String answer(LiveModels models, String publicModel) {
        return models.predict(publicModel, List.of(Map.of("question", "tea")))
                .getFirst()
                .category()
                .label();
    }

    private static String code(Throwable thrown) {
        return thrown instanceof ProblemException e ? e.problems().getFirst().code() : thrown.toString();
    }

    @Test
    void answersUnderThePublicName() {
        Deployment deployment = serving.deploy(aVersion(tenant, "green"), as("answers"), actor);
        List<Prediction> predictions =
                serving.predict("answers", List.of(Map.of("text", "tea"), Map.of("question", "nothing")));

        assertThat(predictions).extracting(answer -> answer.category().label()).containsExactly("green", "zzz");
        assertThat(serving.labels("answers")).containsExactly("green", "zzz");
        assertThat(serving.live("answers")).contains(deployment);
        assertThat(serving.deployments()).containsExactly(deployment);
    }

    @Test
    void aNameThatNobodyDeployedIsRefused() {
        assertThatThrownBy(() -> answer(serving, "nothing"))
                .satisfies(e -> assertThat(code(e)).isEqualTo("serving.not_deployed"));
        assertThat(serving.live("nothing")).isEmpty();
    }

    @Test
    void deployingWhatIsLiveChangesNothing() {
        ModelVersion version = aVersion(tenant, "green");
        Deployment first = serving.deploy(version, as("answers"), actor);
        assertThat(serving.deploy(version, as("answers"), actor)).isEqualTo(first);
        assertThat(serving.deploy(version, new ServeSpec("answers", 4), actor).id())
                .isNotEqualTo(first.id());
    }

    @Test
    void aNewVersionTakesOverUnderLoadWithoutOneFailedCall() throws Exception {
        List<ModelVersion> versions =
                List.of(aVersion(tenant, "v0"), aVersion(tenant, "v1"), aVersion(tenant, "v2"), aVersion(tenant, "v3"));
        serving.deploy(versions.getFirst(), as("answers"), actor);
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger answers = new AtomicInteger();
        List<Future<?>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                callers.add(threads.submit(() -> {
                    while (!enough.get()) {
                        assertThat(answer(serving, "answers")).startsWith("v");
                        answers.incrementAndGet();
                    }
                }));
            }
            for (int swap = 1; swap <= 12; swap++) {
                String label = "v" + swap % 4;
                serving.deploy(versions.get(swap % 4), as("answers"), actor);
                assertThat(answer(serving, "answers")).isEqualTo(label);
            }
            enough.set(true);
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
        assertThat(answers.get()).isGreaterThan(12);
    }

    @Test
    void aRestartBringsBackWhatWasLiveAndNothingElse() {
        serving.deploy(aVersion(tenant, "old"), as("answers"), actor);
        Deployment last = serving.deploy(aVersion(tenant, "new"), as("answers"), actor);
        Deployment other = serving.deploy(aVersion(tenant, "other"), as("sorting"), actor);

        LiveModels again = restarted();
        assertThat(again.deployments()).extracting(Deployment::id).containsExactly(last.id(), other.id());
        assertThat(answer(again, "answers")).isEqualTo("new");
        assertThat(again.outages()).isEmpty();
    }

    @Test
    void aStoppedPlatformAnswersNothing() {
        serving.deploy(aVersion(tenant, "green"), as("answers"), actor);
        serving.stop();
        assertThatThrownBy(() -> answer(serving, "answers"))
                .satisfies(e -> assertThat(code(e)).isEqualTo("serving.not_deployed"));
    }

    @Test
    void aNameOfAnotherTenantIsRefusedAndItsModelStays() {
        serving.deploy(aVersion(tenant, "mine"), as("answers"), actor);
        TenantId stranger = aTenant();
        assertThatThrownBy(() -> serving.deploy(aVersion(stranger, "theirs"), as("answers"), actor))
                .satisfies(e -> assertThat(code(e)).isEqualTo("serving.name_taken"));
        // The very same content, number and batch: still not theirs.
        assertThatThrownBy(() -> serving.deploy(aVersion(stranger, "mine"), as("answers"), actor))
                .satisfies(e -> assertThat(code(e)).isEqualTo("serving.name_taken"));
        assertThat(answer(serving, "answers")).isEqualTo("mine");
        assertThat(serving.live("answers").orElseThrow().owner()).isEqualTo(tenant);
    }

    private void damage(Sha256 content) throws IOException {
        Files.writeString(folder.resolve("shelf").resolve(content.hex()).resolve("model.onnx"), "sea water");
    }

    @Test
    void aDamagedPackageStopsItsOwnModelAndNothingElse() throws IOException {
        ModelVersion good = aVersion(tenant, "good");
        ModelVersion bad = aVersion(tenant, "bad");
        serving.deploy(good, as("good"), actor);
        Deployment lost = serving.deploy(bad, as("bad"), actor);
        damage(bad.content());

        LiveModels again = restarted();
        assertThat(answer(again, "good")).isEqualTo("good");
        assertThat(again.live("bad")).isEmpty();
        assertThat(again.outages()).singleElement().satisfies(outage -> {
            assertThat(outage.deployment().id()).isEqualTo(lost.id());
            assertThat(outage.problem().code()).isEqualTo("model.corrupt");
        });
        assertThatThrownBy(() -> answer(again, "bad"))
                .satisfies(e -> assertThat(code(e)).isEqualTo("serving.unavailable"));
    }

    @Test
    void anotherNodeTakesOverWhatWasDeployedHere() {
        LiveModels other = aPlatform(LiveModels.from(catalog), Capacity.ofThisMachine());
        serving.deploy(aVersion(tenant, "old"), as("answers"), actor);
        other.catchUp();
        assertThat(answer(other, "answers")).isEqualTo("old");
        serving.deploy(aVersion(tenant, "new"), as("answers"), actor);
        other.catchUp();
        assertThat(answer(other, "answers")).isEqualTo("new");
        assertThat(other.deployments()).hasSize(1);
    }

    @Test
    void aModelThatCouldNotBeLoadedIsTriedAgainAndComesBack() throws IOException {
        ModelVersion version = aVersion(tenant, "good");
        serving.deploy(version, as("answers"), actor);
        Path graph = folder.resolve("shelf").resolve(version.content().hex()).resolve("model.onnx");
        byte[] sound = Files.readAllBytes(graph);
        damage(version.content());
        LiveModels again = restarted();
        assertThat(again.outages()).hasSize(1);

        Files.write(graph, sound);
        again.catchUp();
        assertThat(again.outages()).as("not before a minute is over").hasSize(1);
        now = now.plusSeconds(61);
        again.catchUp();
        assertThat(again.outages()).isEmpty();
        assertThat(answer(again, "answers")).isEqualTo("good");
    }

    @Test
    void theNextDeploymentEndsAnOutage() throws IOException {
        ModelVersion bad = aVersion(tenant, "bad");
        serving.deploy(bad, as("answers"), actor);
        damage(bad.content());
        LiveModels again = restarted();

        again.deploy(aVersion(tenant, "good"), as("answers"), actor);
        assertThat(again.outages()).isEmpty();
        assertThat(answer(again, "answers")).isEqualTo("good");
    }

    @Test
    void aVersionThatDoesNotLoadLeavesTheOldOneLive() throws IOException {
        serving.deploy(aVersion(tenant, "old"), as("answers"), actor);
        ModelVersion bad = aVersion(tenant, "bad");
        damage(bad.content());
        assertThatThrownBy(() -> serving.deploy(bad, as("answers"), actor)).isInstanceOf(ProblemException.class);
        assertThat(answer(serving, "answers")).isEqualTo("old");
        assertThat(answer(restarted(), "answers")).isEqualTo("old");
    }

    /// Answers only when it is let.
    private static final class SlowRuntime implements Runtime {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch leave = new CountDownLatch(1);
        private final AtomicInteger calls = new AtomicInteger();
        private final Queue<Map<String, String>> asked = new ConcurrentLinkedQueue<>();

        @Override
        public Target target() {
            return new Target.Categories(List.of("slow"));
        }

        @Override
        public List<String> inputs() {
            return List.of("question");
        }

        @Override
        public Map<String, String> example() {
            return Map.of("question", "42");
        }

        @Override
        public List<Prediction> predict(List<Map<String, String>> inputs) {
            asked.addAll(inputs);
            if (calls.incrementAndGet() > 3) { // not while it is warmed up
                entered.countDown();
                try {
                    assertThat(leave.await(10, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return List.of(new Prediction.Category("slow", 1, new float[] {1}));
        }

        @Override
        public void close() {
            leave.countDown();
        }
    }

    @Test
    void warmsAModelUpWithAnInputThatItsColumnsTake() {
        SlowRuntime runtime = new SlowRuntime();
        aPlatform(_ -> runtime, Capacity.ofThisMachine()).deploy(aVersion(tenant, "slow"), as("slow"), actor);

        assertThat(runtime.asked).isNotEmpty().containsOnly(Map.of("question", "42"));
    }

    @Test
    void whoeverComesWhileAllIsBusyIsToldToComeBack() throws Exception {
        SlowRuntime slow = new SlowRuntime();
        LiveModels busy = aPlatform(_ -> slow, new Capacity(1, 1, Duration.ofMillis(50)));
        busy.deploy(aVersion(tenant, "slow"), as("slow"), actor);
        AtomicReference<String> first = new AtomicReference<>("");
        Thread caller = Thread.ofVirtual().start(() -> first.set(answer(busy, "slow")));
        assertThat(slow.entered.await(10, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> answer(busy, "slow"))
                .satisfies(e -> assertThat(code(e)).isEqualTo("serving.overloaded"));
        slow.leave.countDown();
        caller.join();
        assertThat(first.get()).isEqualTo("slow");
        assertThat(answer(busy, "slow")).isEqualTo("slow");
    }
}
