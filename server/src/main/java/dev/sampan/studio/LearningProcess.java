package dev.sampan.studio;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.ModelPackage;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/// Trains in a Java process of its own, whose class path holds libtorch: a native crash ends that process, not this
/// one. It talks by JSON lines on its standard error.
public final class LearningProcess implements Trainer {
    private static final TypeReference<Map<String, Object>> LINE = new TypeReference<>() {};
    private static final long GRACE_SECONDS = 10;
    private static final long POLL_MILLIS = 200;
    private static final int POLLS_FOR_A_SIGNAL = 5;
    private static final int INTERRUPTED = 130;
    private static final int TERMINATED = 143;
    private static final String NATIVE_LOG = "native.log";
    private static final int LINES_KEPT = 20;
    private static final String CLASS_PATH = "SAMPAN_LEARNING_CLASSPATH";

    private final String classPath;
    private final String mainClass;
    private final Duration grace;

    public LearningProcess(String classPath) {
        this(classPath, "dev.sampan.training.TrainMain", Duration.ofSeconds(GRACE_SECONDS));
    }

    /// @param grace how long the process may take to write a checkpoint once it was told to end
    LearningProcess(String classPath, String mainClass, Duration grace) {
        this.classPath = classPath;
        this.mainClass = mainClass;
        this.grace = grace;
    }

    /// With the class path that the launcher names.
    public static LearningProcess ofThisInstallation() {
        return new LearningProcess(System.getenv().getOrDefault(CLASS_PATH, ""));
    }

    @Override
    public ModelPackage train(Order order, StageProgress progress) {
        if (classPath.isEmpty()) {
            throw new ProblemException(
                    Problem.of("training.not_installed", "The learning module's class path is unknown")
                            .remedy("Start Sampan by ./sampan, which builds it and names it"));
        }
        try {
            Files.createDirectories(order.work());
            Path specFile = order.work().resolve("spec.json");
            Files.writeString(specFile, Json.write(order.spec()));
            run(command(specFile, order), new Talk(progress, order.work().resolve(NATIVE_LOG)));
        } catch (IOException e) {
            throw new UncheckedIOException("the training process cannot be started", e);
        }
        return ModelPackage.open(order.out());
    }

    private List<String> command(Path spec, Order order) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dfile.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-Dsampan.child=true",
                mainClass,
                "--spec",
                spec.toString(),
                "--data",
                order.dataset().folder().toString(),
                "--out",
                order.out().toString(),
                "--work",
                order.work().toString()));
        Integer epochs = order.trialEpochs();
        if (epochs != null) {
            command.addAll(List.of("--trial", epochs.toString()));
        }
        return command;
    }

    private void run(List<String> command, Talk talk) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().put("CLASSPATH", classPath);
        Process process = builder.start();
        Thread last = new Thread(process::destroyForcibly, "learning-end");
        Runtime.getRuntime().addShutdownHook(last);
        FutureTask<Void> listening = new FutureTask<>(() -> talk.listen(process), null);
        Thread.ofVirtual().name("learning-talk").start(listening);
        try {
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (talk.progress.cancelled()) {
                    stop(process);
                    throw new CancellationException("training was cancelled");
                }
                if (listening.state() == Future.State.FAILED) {
                    stop(process); // nobody reads its pipe any more, so it would wait for ever
                }
            }
            awaitTheLastWord(listening);
            if (process.exitValue() != 0) {
                throw ended(process.exitValue(), talk);
            }
        } catch (InterruptedException e) {
            stop(process);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while training");
        } finally {
            forget(last);
        }
    }

    private static void awaitTheLastWord(FutureTask<Void> listening) throws InterruptedException {
        try {
            listening.get(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            // Something that the process started holds its pipe; what was said until now is enough.
            listening.cancel(true);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e.getCause());
        }
    }

    /// Ctrl-C reaches this process and its child at once, so the child may be gone a moment before we hear of it.
    private static RuntimeException ended(int exitCode, Talk talk) throws InterruptedException {
        if (exitCode == INTERRUPTED || exitCode == TERMINATED) {
            for (int i = 0; i < POLLS_FOR_A_SIGNAL && !talk.progress.cancelled(); i++) {
                Thread.sleep(POLL_MILLIS);
            }
            if (talk.progress.cancelled()) {
                return new CancellationException("training was cancelled");
            }
        }
        return new ProblemException(talk.problem(exitCode));
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // This process is ending already: the hook runs, which is what it is for.
        }
    }

    private void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /// What the process says.
    private static final class Talk {
        private final StageProgress progress;
        private final Path nativeLog;
        private final AtomicReference<@Nullable Problem> problem = new AtomicReference<>();
        private final Deque<String> others = new ArrayDeque<>();

        Talk(StageProgress progress, Path nativeLog) {
            this.progress = progress;
            this.nativeLog = nativeLog;
        }

        void listen(Process process) {
            try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    hear(line);
                }
            } catch (IOException e) {
                // The pipe breaks when the process is killed; its exit code tells the rest.
                keep(e.toString());
            }
        }

        private void hear(String line) {
            if (!line.startsWith("{")) {
                keep(line);
                return;
            }
            try {
                Map<String, Object> event = Json.MAPPER.readValue(line, LINE);
                switch (String.valueOf(event.get("event"))) {
                    case "progress" ->
                        progress.at(
                                text(event, "step"),
                                number(event, "done"),
                                number(event, "total"),
                                text(event, "note"));
                    case "metric" -> progress.epoch(epoch(event));
                    case "problem" ->
                        // The first is the cause, as everywhere.
                        problem.compareAndSet(
                                null,
                                new Problem(
                                        text(event, "code"),
                                        text(event, "sentence"),
                                        textOrNull(event, "place"),
                                        textOrNull(event, "remedy")));
                    default -> keep(line);
                }
            } catch (JacksonException e) {
                keep(line);
            }
        }

        private static Map<String, Object> epoch(Map<String, Object> event) {
            Map<String, Object> figures = new TreeMap<>();
            figures.put("epoch", number(event, "epoch"));
            if (event.get("values") instanceof Map<?, ?> values) {
                values.forEach((name, value) -> figures.put(String.valueOf(name), value));
            }
            return figures;
        }

        private static String text(Map<String, Object> event, String key) {
            return Objects.toString(event.get(key), "");
        }

        private static @Nullable String textOrNull(Map<String, Object> event, String key) {
            return event.get(key) instanceof String text ? text : null;
        }

        private static long number(Map<String, Object> event, String key) {
            return event.get(key) instanceof Number number ? number.longValue() : 0;
        }

        private synchronized void keep(String line) {
            others.addLast(line);
            if (others.size() > LINES_KEPT) {
                others.removeFirst();
            }
        }

        synchronized Problem problem(int exitCode) {
            Problem told = problem.get();
            if (told != null) {
                return told;
            }
            List<String> words = others.isEmpty() ? nativeWords() : List.copyOf(others);
            Problem died = Problem.of("training.process_died", "The training process ended with code " + exitCode);
            return words.isEmpty()
                    ? died.remedy("It said nothing; memory may have run out")
                    : died.at(nativeLog.toString()).remedy("It last said: " + String.join(" | ", words));
        }

        /// What native code says as it dies goes to a file, not to the pipe.
        private List<String> nativeWords() {
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(Files.newInputStream(nativeLog), StandardCharsets.UTF_8))) {
                lines.lines().filter(line -> !line.isBlank()).forEach(this::keep);
                return List.copyOf(others);
            } catch (IOException | UncheckedIOException e) {
                return List.of(); // there is no log: it died before it could open one
            }
        }
    }
}
