package dev.sampan.harness;

import dev.sampan.compute.Lanes;
import dev.sampan.compute.Torch;
import dev.sampan.data.NamedTensors;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Progress;
import dev.sampan.network.Objective;
import dev.sampan.network.families.PretrainedNetwork;
import dev.sampan.network.objectives.CrossEntropy;
import dev.sampan.network.objectives.NextToken;
import dev.sampan.spec.TrainSpec;
import dev.sampan.training.loop.Audience;
import dev.sampan.training.loop.Batch;
import dev.sampan.training.loop.Checkpoint;
import dev.sampan.training.loop.Examples;
import dev.sampan.training.loop.Lesson;
import dev.sampan.training.loop.LossExaminer;
import dev.sampan.training.loop.TrainingLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One training by the loop that all trainings go through, in a process of its own: FOLDER THREADS STEPS DROPOUT BF16.
final class TransformerOnce {
    private static final int WARM_UP = 4;
    private static final List<String> DROPOUTS =
            List.of("hidden_dropout_prob", "attention_probs_dropout_prob", "embd_pdrop", "attn_pdrop", "resid_pdrop");

    private TransformerOnce() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        int steps = Integer.parseInt(arguments[2]);
        Torch.useOneThreadPerCall(); // loads the library, as PyTorch's idle process has
        double idle = megabytes("VmRSS");
        ObjectNode config = Json.read(Files.readString(folder.resolve("config.json")), ObjectNode.class);
        DROPOUTS.forEach(name -> config.put(name, Double.parseDouble(arguments[3])));
        Path own = Files.createTempDirectory(folder.getParent(), "own");
        Files.createSymbolicLink(own.resolve("model.safetensors"), folder.resolve("model.safetensors"));
        Files.writeString(own.resolve("config.json"), Json.write(config));
        boolean bert = config.path("model_type").asString().equals("bert");
        Objective objective = bert ? new CrossEntropy() : new NextToken();
        Tokens tokens = Tokens.read(folder.resolve("ids"), bert ? 32 : 16, bert ? 64 : 128, bert, steps);
        Lesson lesson = new Lesson(PretrainedNetwork.read(own), objective, tokens, null, new LossExaminer(objective));
        Steps watch = new Steps(idle);
        try (Lanes lanes = new Lanes(threads)) {
            TrainSpec spec = spec(tokens.size(), Boolean.parseBoolean(arguments[4]));
            Audience audience =
                    new Audience(watch, (_, figures) -> watch.loss = figures.getOrDefault("train_loss", Double.NaN));
            new TrainingLoop(lesson, spec, new Checkpoint(own.resolve("checkpoint"), "once"), audience).run(lanes);
        }
        System.out.printf(
                Locale.ROOT,
                "Sampan, libtorch %s, %d threads: %.2f rows a second (median step), %.2f a CPU second,"
                        + " memory %.0f MB above idle, mean loss %.4f%n",
                Torch.VERSION,
                threads,
                tokens.size() / watch.median(),
                tokens.size() * (steps - WARM_UP) / watch.cpuSeconds,
                watch.memory,
                watch.loss);
    }

    private static TrainSpec spec(int batch, boolean bf16) {
        TrainSpec plain = new TrainSpec(1, batch, 1e-4, 1e-4, 1.0, 100, TrainSpec.BestMetric.LOSS, 1, null);
        TrainSpec.Pace pace = TrainSpec.Pace.DEFAULT;
        TrainSpec.Pace chosen = new TrainSpec.Pace(
                pace.accumulation(),
                null,
                null,
                Integer.MAX_VALUE,
                bf16 ? TrainSpec.Pace.Bf16.TRUE : TrainSpec.Pace.Bf16.FALSE,
                0);
        return new TrainSpec(
                plain.epochs(),
                plain.batchSize(),
                plain.learningRate(),
                plain.weightDecay(),
                plain.maxGradNorm(),
                plain.patience(),
                plain.metricForBest(),
                plain.seed(),
                null,
                plain.optimiser(),
                plain.schedule(),
                chosen,
                plain.losses(),
                plain.layers());
    }

    /// Seconds of each step, and the most memory until the last.
    private static final class Steps implements Progress {
        private final double idle;
        private final List<Double> seconds = new ArrayList<>();
        private long last = System.nanoTime();
        private double memory;
        private double cpuAtWarm;
        private double cpuSeconds;
        private double loss;

        Steps(double idle) {
            this.idle = idle;
        }

        @Override
        public void at(String step, long done, long total, String note) {
            long now = System.nanoTime();
            seconds.add((now - last) / 1e9);
            last = now;
            memory = megabytes("VmHWM") - idle;
            double cpu = cpuSeconds();
            cpuAtWarm = done <= WARM_UP ? cpu : cpuAtWarm;
            cpuSeconds = cpu - cpuAtWarm;
        }

        double median() {
            List<Double> warm = new ArrayList<>(seconds.subList(WARM_UP, seconds.size()));
            Collections.sort(warm);
            return warm.get(warm.size() / 2);
        }
    }

    /// Rows of as many steps as are asked for, out of 8 batches of random tokens.
    ///
    /// @param labelled whether a row has a class; else its tokens are what is to be learnt
    private record Tokens(int[] ids, int size, int time, boolean labelled, int steps) implements Examples {
        static Tokens read(Path file, int size, int time, boolean labelled, int steps) throws IOException {
            int[] ids = new int[8 * size * time];
            ByteBuffer.wrap(Files.readAllBytes(file)).asIntBuffer().get(ids);
            return new Tokens(ids, size, time, labelled, steps);
        }

        @Override
        public int rows() {
            return steps * size;
        }

        @Override
        public Batch batch(int[] rows, @Nullable SplittableRandom random) {
            long[] tokens = new long[rows.length * time];
            long[] labels = new long[rows.length];
            for (int i = 0; i < rows.length; i++) {
                int from = rows[i] % (8 * size) * time;
                for (int t = 0; t < time; t++) {
                    tokens[i * time + t] = ids[from + t];
                }
                labels[i] = rows[i] % size % 77;
            }
            Longs read = new Longs(tokens, rows.length, time);
            return new Batch(
                    new NamedTensors(rows.length, Map.of("input_ids", read)),
                    labelled ? new Longs(labels, rows.length) : read);
        }
    }

    /// Of the whole process, the JVM's compiler and collector among them.
    private static double cpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(time -> time.toNanos() / 1e9)
                .orElse(Double.NaN);
    }

    private static double megabytes(String name) {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) { // no Linux
            return Double.NaN;
        }
    }
}
