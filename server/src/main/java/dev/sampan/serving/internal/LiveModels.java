package dev.sampan.serving.internal;

import dev.sampan.catalog.Catalog;
import dev.sampan.catalog.ModelVersion;
import dev.sampan.database.Database;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.serving.Deployment;
import dev.sampan.serving.Serving;
import dev.sampan.spec.ServeSpec;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/// Models loaded in this process. As many calls compute at once as there are processors; some more may wait a moment,
/// the rest are told to come back, since waiting longer than a caller does helps nobody.
final class LiveModels implements Serving, SmartLifecycle {
    private static final int PROCESSORS = java.lang.Runtime.getRuntime().availableProcessors();
    private static final int WAITING_MAX = 64;
    private static final long WAIT_MILLIS = 5_000;
    private static final int WARM_UP_CALLS = 3;

    private final DeploymentStore store;
    private final Catalog catalog;
    private final InstantSource clock;
    private final Map<String, Live> live = new ConcurrentHashMap<>();
    private final Semaphore computing = new Semaphore(PROCESSORS, true);
    private volatile boolean running;

    LiveModels(Database database, Catalog catalog, InstantSource clock) {
        this.store = new DeploymentStore(database);
        this.catalog = catalog;
        this.clock = clock;
    }

    private record Live(Deployment deployment, Runtime runtime) {}

    @Override
    public synchronized Deployment deploy(ModelVersion version, ServeSpec spec, ActorId by) {
        Live before = live.get(spec.model());
        if (before != null
                && before.deployment().content().equals(version.content())
                && before.deployment().batchMax() == spec.maxBatchSize()
                && before.deployment().version() == version.number()) {
            return before.deployment();
        }
        Deployment deployment = new Deployment(
                Ulid.next(),
                version.tenant(),
                spec.model(),
                version.name(),
                version.number(),
                version.content(),
                spec.maxBatchSize(),
                clock.instant());
        Live fresh = load(deployment);
        boolean kept = false;
        try {
            store.replace(deployment, by);
            kept = true;
        } finally {
            if (!kept) {
                fresh.runtime().close();
            }
        }
        Live old = live.put(spec.model(), fresh);
        if (old != null) {
            old.runtime().close();
        }
        return deployment;
    }

    private Live load(Deployment deployment) {
        Runtime runtime = Runtimes.open(catalog.open(deployment.content()), 1, deployment.batchMax());
        Map<String, String> sample = new java.util.HashMap<>();
        runtime.inputs().forEach(input -> sample.put(input, "你好 hello"));
        for (int i = 0; i < WARM_UP_CALLS; i++) {
            runtime.predict(List.of(sample));
        }
        return new Live(deployment, runtime);
    }

    @Override
    public Optional<Deployment> live(String publicModel) {
        return Optional.ofNullable(live.get(publicModel)).map(Live::deployment);
    }

    @Override
    public List<Deployment> deployments() {
        return live.values().stream()
                .map(Live::deployment)
                .sorted(Comparator.comparing(Deployment::publicModel))
                .toList();
    }

    @Override
    public List<Prediction> predict(String publicModel, List<Map<String, String>> inputs) {
        if (computing.getQueueLength() >= WAITING_MAX || !acquired()) {
            throw new ProblemException(Problem.of("serving.overloaded", "All processors are busy with other calls")
                    .remedy("Try again in a second"));
        }
        try {
            while (true) {
                Live model = found(publicModel);
                try {
                    return model.runtime().predict(inputs);
                } catch (IllegalStateException closed) {
                    // A new version took over between the look-up and the call: ask that one.
                    if (live.get(publicModel) == model) {
                        throw closed;
                    }
                }
            }
        } finally {
            computing.release();
        }
    }

    private boolean acquired() {
        try {
            return computing.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Live found(String publicModel) {
        Live model = live.get(publicModel);
        if (model == null) {
            throw new ProblemException(
                    Problem.of("serving.not_deployed", "No model is deployed as '" + publicModel + "'"));
        }
        return model;
    }

    @Override
    public List<String> labels(String publicModel) {
        return found(publicModel).runtime().labels();
    }

    @Override
    public void start() {
        store.live().forEach(deployment -> live.put(deployment.publicModel(), load(deployment)));
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        live.values().forEach(model -> model.runtime().close());
        live.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Before the gateway, which opens the door.
    @Override
    public int getPhase() {
        return 100;
    }
}
