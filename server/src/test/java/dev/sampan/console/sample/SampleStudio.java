package dev.sampan.console.sample;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.studio.Run;
import dev.sampan.studio.Run.StageState;
import dev.sampan.studio.Run.State;
import dev.sampan.studio.StageName;
import dev.sampan.studio.Studio;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Three runs: under way, done, failed.
public final class SampleStudio implements Studio {
    public static final Ulid RUNNING = Ulid.next();
    public static final Ulid DONE = Ulid.next();
    public static final Ulid FAILED = Ulid.next();

    private static final int STAGES_BEFORE_TRAINING = 1;

    private final TenantId team;
    private final boolean empty;
    private volatile int epochs = 9;
    private volatile boolean cancelled;

    public SampleStudio(TenantId team, boolean empty) {
        this.team = team;
        this.empty = empty;
    }

    /// The training goes on by one epoch.
    public void step() {
        epochs++;
    }

    /// As if nobody had cancelled.
    public void resume() {
        cancelled = false;
    }

    @Override
    public Ulid launch(TenantId tenant, Path specFile, List<String> overrides, ActorId by) {
        throw new UnsupportedOperationException("the sample launches nothing");
    }

    @Override
    public Optional<Run> run(TenantId tenant, Ulid id) {
        return latest(tenant, 10).stream().filter(run -> run.id().equals(id)).findFirst();
    }

    @Override
    public List<Run> latest(TenantId tenant, int limit) {
        return tenant.equals(team) && !empty ? List.of(running(), done(), failed()) : List.of();
    }

    @Override
    public void cancel(TenantId tenant, Ulid id) {
        cancelled = true;
    }

    @Override
    public List<Map<String, Object>> trainingHistory(TenantId tenant, Ulid id) {
        List<Map<String, Object>> history = new ArrayList<>();
        int count = id.equals(DONE) ? 20 : id.equals(RUNNING) ? epochs : 0;
        for (int epoch = 1; epoch <= count; epoch++) {
            double decay = Math.exp(-epoch / 5.0);
            history.add(Map.of(
                    "epoch",
                    epoch,
                    "train_loss",
                    0.06 + 2.9 * decay,
                    "validation_loss",
                    0.42 + 2.4 * decay + 0.004 * epoch,
                    "validation_f1_macro",
                    0.9 - 0.85 * decay,
                    "validation_accuracy",
                    0.92 - 0.8 * decay,
                    "learning_rate",
                    0.001));
        }
        return history;
    }

    private Run running() {
        State state = cancelled ? State.CANCELLED : State.RUNNING;
        List<StageState> stages = new ArrayList<>(before());
        stages.add(stage(StageName.TRAIN, state, epochs, 20, "epoch " + epochs + ", validation F1 0.84", null));
        addWaiting(stages);
        Instant begun = Instant.now().minusSeconds(94);
        return run(RUNNING, "helpdesk", state, stages, null, begun, cancelled ? Instant.now() : null);
    }

    private Run done() {
        List<StageState> stages = new ArrayList<>();
        Map<StageName, Map<String, Object>> figures = Map.of(
                StageName.DATA, Map.of("train", 1012, "validation", 126, "test", 131, "labels", 22, "findings", 2),
                StageName.TRAIN, Map.of("architecture", "bilstm", "epochs", 20, "seconds", 71.3),
                StageName.EVALUATE,
                        Map.of("accuracy", 0.917, "f1_macro", 0.903, "rows", 131L, "baseline_accuracy", 0.084),
                StageName.EXPLAIN, Map.of("samples", 5),
                StageName.COMPRESS, Map.of("bytes_before", 4_213_004L, "bytes_after", 1_102_331L, "outcome", "SMALLER"),
                StageName.REGISTER, Map.of("name", "helpdesk", "version", 2, "alias", "live"),
                StageName.DEPLOY, Map.of("model", "helpdesk-intent", "version", 2),
                StageName.PRICE, Map.of("model", "helpdesk-intent", "price", "0.002 CNY"));
        for (StageName name : StageName.values()) {
            stages.add(new StageState(
                    name,
                    State.SUCCEEDED,
                    1,
                    1,
                    "",
                    name == StageName.DATA,
                    Duration.ofMillis(430L + 9000L * name.ordinal()),
                    figures.getOrDefault(name, Map.of())));
        }
        Instant begun = Instant.now().minus(Duration.ofHours(3));
        return run(DONE, "helpdesk", State.SUCCEEDED, stages, null, begun, begun.plusSeconds(131));
    }

    private Run failed() {
        List<StageState> stages = new ArrayList<>(before());
        stages.add(stage(StageName.TRAIN, State.FAILED, 3, 20, "", Duration.ofSeconds(11)));
        addWaiting(stages);
        Problem problem = Problem.of("train.diverged", "The loss is no longer a number at epoch 3, step 41.")
                .at("sampan.yaml:14:3")
                .remedy("Lower train.learning_rate (now 0.5) or set train.max_grad_norm.");
        Instant begun = Instant.now().minus(Duration.ofDays(1));
        return run(FAILED, "banking", State.FAILED, stages, problem, begun, begun.plusSeconds(37));
    }

    private Run run(
            Ulid id,
            String name,
            State state,
            List<StageState> stages,
            @Nullable Problem problem,
            Instant begun,
            @Nullable Instant finished) {
        return new Run(id, team, name, state, stages, problem, begun, finished);
    }

    private static List<StageState> before() {
        return List.of(new StageState(
                StageName.DATA,
                State.SUCCEEDED,
                1,
                1,
                "",
                false,
                Duration.ofMillis(2460),
                Map.of("train", 1012, "validation", 126, "test", 131, "labels", 22, "findings", 2)));
    }

    private static void addWaiting(List<StageState> stages) {
        for (StageName name : StageName.values()) {
            if (name.ordinal() > STAGES_BEFORE_TRAINING) {
                stages.add(stage(name, State.WAITING, 0, 0, "", null));
            }
        }
    }

    private static StageState stage(
            StageName name, State state, long done, long total, String note, @Nullable Duration took) {
        return new StageState(name, state, done, total, note, false, took, Map.of());
    }
}
