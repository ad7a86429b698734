package dev.sampan.serving.internal;

import dev.sampan.catalog.Catalog;
import dev.sampan.catalog.ModelVersion;
import dev.sampan.database.Watch;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.serving.Deployment;
import dev.sampan.serving.Outage;
import dev.sampan.serving.Serving;
import dev.sampan.spec.ServeSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Models loaded in this process.
final class LiveModels implements Serving, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LiveModels.class);
    private static final int WARM_UP_CALLS = 3;
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final DeploymentStore store;
    private final Function<Deployment, Runtime> loader;
    private final Capacity capacity;
    private final InstantSource clock;
    private final Map<String, Live> live = new ConcurrentHashMap<>();
    private final Map<String, Outage> outages = new ConcurrentHashMap<>();
    private final Map<Ulid, Instant> retryAt = new ConcurrentHashMap<>();
    private volatile boolean running;
    private final Watch watch = Watch.every(Duration.ofSeconds(2), "deployments", this::catchUp);

    LiveModels(DeploymentStore store, Function<Deployment, Runtime> loader, Capacity capacity, InstantSource clock) {
        this.store = store;
        this.loader = loader;
        this.capacity = capacity;
        this.clock = clock;
    }

    /// One thread for each call: calls share the processors, not the threads of a session.
    static Function<Deployment, Runtime> from(Catalog catalog) {
        return deployment -> Runtimes.open(catalog.open(deployment.content()), 1, deployment.batchMax());
    }

    private record Live(Deployment deployment, Runtime runtime) {}

    @Override
    public synchronized Deployment deploy(ModelVersion version, ServeSpec spec, ActorId by) {
        Live before = live.get(spec.model());
        if (before != null && isWanted(before.deployment(), version, spec)) {
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
        outages.remove(spec.model());
        if (old != null) {
            old.runtime().close();
        }
        return deployment;
    }

    private static boolean isWanted(Deployment live, ModelVersion version, ServeSpec spec) {
        return live.owner().equals(version.tenant())
                && live.name().equals(version.name())
                && live.version() == version.number()
                && live.content().equals(version.content())
                && live.batchMax() == spec.maxBatchSize();
    }

    private Live load(Deployment deployment) {
        Runtime runtime = loader.apply(deployment);
        boolean warm = false;
        try {
            for (int i = 0; i < WARM_UP_CALLS; i++) {
                runtime.predict(List.of(runtime.example()));
            }
            warm = true;
        } finally {
            if (!warm) {
                runtime.close();
            }
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
    public List<Outage> outages() {
        return outages.values().stream()
                .sorted(Comparator.comparing(outage -> outage.deployment().publicModel()))
                .toList();
    }

    @Override
    public List<Prediction> predict(String publicModel, List<Map<String, String>> inputs) {
        return capacity.within(() -> answer(publicModel, inputs));
    }

    private List<Prediction> answer(String publicModel, List<Map<String, String>> inputs) {
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
    }

    private Live found(String publicModel) {
        Live model = live.get(publicModel);
        if (model != null) {
            return model;
        }
        throw new ProblemException(
                outages.containsKey(publicModel)
                        ? Problem.of(
                                "serving.unavailable", "The model '" + publicModel + "' cannot answer at the moment")
                        : Problem.of("serving.not_deployed", "No model is deployed as '" + publicModel + "'"));
    }

    @Override
    public List<String> labels(String publicModel) {
        return found(publicModel).runtime().labels();
    }

    @Override
    public void start() {
        store.live().forEach(this::bringBack);
        running = true;
        watch.start();
    }

    /// Takes over what other nodes deployed, and tries again each minute what could not be loaded.
    synchronized void catchUp() {
        for (Deployment wanted : store.live()) {
            Live here = live.get(wanted.publicModel());
            Outage out = outages.get(wanted.publicModel());
            boolean known = here != null && here.deployment().id().equals(wanted.id());
            boolean waits = out != null
                    && out.deployment().id().equals(wanted.id())
                    && clock.instant().isBefore(retryAt.getOrDefault(wanted.id(), Instant.EPOCH));
            if (running && !known && !waits) {
                bringBack(wanted);
            }
        }
    }

    /// The boundary at which one model's fault, whatever it is, stays that model's.
    private void bringBack(Deployment deployment) {
        try {
            Live before = live.put(deployment.publicModel(), load(deployment));
            outages.remove(deployment.publicModel());
            retryAt.remove(deployment.id());
            if (before != null) {
                before.runtime().close();
            }
        } catch (ProblemException refused) {
            isOut(deployment, refused.problems().getFirst());
        } catch (RuntimeException fault) {
            LOG.error("The model {} could not be loaded", deployment.publicModel(), fault);
            isOut(
                    deployment,
                    Problem.of("serving.fault", "The model could not be loaded by a fault of ours: " + fault));
        }
    }

    private void isOut(Deployment deployment, Problem problem) {
        LOG.warn("The model {} does not answer: {}", deployment.publicModel(), problem.line());
        outages.put(deployment.publicModel(), new Outage(deployment, problem));
        retryAt.put(deployment.id(), clock.instant().plus(RETRY));
    }

    /// Calls that run end first; those that come are told that nothing is deployed any more.
    @Override
    public void stop() {
        running = false;
        watch.stop();
        takeDown();
    }

    /// After whatever is being loaded at the moment.
    private synchronized void takeDown() {
        List<Live> last = List.copyOf(live.values());
        live.clear();
        outages.clear();
        last.forEach(model -> model.runtime().close());
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
