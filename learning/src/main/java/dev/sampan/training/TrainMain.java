package dev.sampan.training;

import dev.sampan.data.Datasets;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.model.ModelPackage;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.training.internal.Arguments;
import dev.sampan.training.internal.EventStream;
import dev.sampan.training.internal.ParentWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import tools.jackson.core.type.TypeReference;

/// The training process: `--spec RESOLVED.json --data FOLDER --out PACKAGE [--work DIR] [--threads N] [--force]
/// [--trial EPOCHS]`, where a trial is a training whose validation score is compared with those of others.
///
/// It says nothing on standard output and JSON lines on standard error, each with `event`: `progress` (step, done,
/// total, note), `metric` (epoch, values), `problem` (code, sentence, place, remedy) before exit code 1, `done`
/// (package) before exit code 0. What native libraries print goes to `native.log` in the work folder instead. On
/// SIGTERM it finishes the step, writes a checkpoint into the work folder and ends with 143.
public final class TrainMain {
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private volatile boolean stopping;
    private final CountDownLatch ended = new CountDownLatch(1);

    private TrainMain() {}

    public static void main(String[] args) {
        ParentWatch.start();
        System.exit(new TrainMain().run(args));
    }

    private int run(String[] args) {
        Arguments arguments;
        try {
            arguments = Arguments.parse(args);
        } catch (ProblemException e) {
            new EventStream(System.err).problems(e.problems());
            return USAGE;
        }
        EventStream events = EventStream.apart(arguments.work().resolve("native.log"));
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        try {
            events.done(train(arguments, events).folder());
            return 0;
        } catch (ProblemException e) {
            events.problems(e.problems());
            return FAILED;
        } catch (CancellationException _) {
            return FAILED; // the process is ending by a signal already, whose code stands
        } catch (Exception | OutOfMemoryError | LinkageError e) { // the boundary: whatever it is becomes one line
            e.printStackTrace();
            events.problems(List.of(unexpected(e, arguments)));
            return FAILED;
        } finally {
            ended.countDown();
        }
    }

    private ModelPackage train(Arguments arguments, EventStream events) throws IOException {
        Path file = arguments.spec();
        Path folder = file.toAbsolutePath().getParent();
        Map<String, Object> tree = Json.MAPPER.readValue(Files.readString(file), TREE);
        Spec spec = Specs.fromTree(tree, folder == null ? Path.of("/") : folder);
        TrainingJob job = new TrainingJob(
                spec,
                Datasets.open(arguments.data()),
                arguments.out(),
                arguments.force(),
                arguments.work(),
                arguments.threads(),
                arguments.purpose());
        return Training.train(job, listening(events), events::metric);
    }

    private Progress listening(EventStream events) {
        return new Progress() {
            @Override
            public void at(String step, long done, long total, String note) {
                events.progress(step, done, total, note);
            }

            @Override
            public boolean cancelled() {
                return stopping;
            }
        };
    }

    /// Runs when the process is told to end: waits until the step is finished and the checkpoint written.
    private void stop() {
        stopping = true;
        try {
            ended.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Problem unexpected(Throwable e, Arguments arguments) {
        if (e instanceof OutOfMemoryError) {
            return Problem.of("training.out_of_memory", "Training needs more memory than it may use: " + e.getMessage())
                    .remedy("Lower train.per_device_train_batch_size or model.vocabulary_size");
        }
        return Problem.of("training.failed", "Training failed: " + e)
                .at(arguments.work().resolve("native.log").toString());
    }
}
