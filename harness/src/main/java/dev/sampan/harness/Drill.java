package dev.sampan.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// The whole platform under calls and streams, killed again and again: platform, database, a database that stands
/// still. After each fault every invariant is asked for; at the end, what customers read is compared with the
/// books. Arguments: how many faults, and the seed: `200 42`.
final class Drill implements Measure.Measurement {
    private static final int CALLERS = 4;
    private static final long PATIENCE_SECONDS = 90;

    /// Of ten faults one kills the database, one lets it stand still.
    private static final int KINDS = 10;

    @Override
    public String what() {
        return "kill -9 of platform and database at random points under calls and streams; [faults] [seed]";
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        int faults = arguments.isEmpty() ? 200 : Integer.parseInt(arguments.getFirst());
        long seed = arguments.size() < 2 ? 42 : Long.parseLong(arguments.get(1));
        System.out.println("seed " + seed);
        Path home = StartTime.aHome();
        try (SlowSupplier supplier = new SlowSupplier();
                KilledPlatform platform = new KilledPlatform(Measure.root(), home.resolve("home"))) {
            String secret = platform.demo();
            platform.start();
            awaitConsole(platform);
            platform.fund();
            platform.run("suppliers", "apply", suppliers(home, supplier).toString());
            try (Callers predictions = new Callers(Callers.Asking.PREDICTION, CALLERS, platform.address(), secret);
                    Callers streams = new Callers(Callers.Asking.STREAM, CALLERS, platform.address(), secret)) {
                Faults all = new Faults(platform, predictions, streams, new SplittableRandom(seed));
                for (int fault = 1; fault <= faults; fault++) {
                    all.next(fault);
                }
                all.awaitAnswers();
                predictions.stop();
                streams.stop();
                judge(platform, supplier, predictions, streams, faults);
            }
        }
    }

    static Path suppliers(Path folder, SlowSupplier supplier) throws Exception {
        return Files.writeString(folder.resolve("suppliers.yaml"), """
                suppliers:
                  - {name: up, base_url: "http://127.0.0.1:%d/v1"}
                models:
                  - name: chat
                    uses: [chat]
                    context_length: 4096
                    max_output_tokens: 64
                    routes: [{supplier: up, model: m, cost: {input: 1, output: 2}}]
                    price: {currency: CNY, input: 1, output: 4}
                """.formatted(supplier.port()));
    }

    static void awaitConsole(KilledPlatform platform) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (Files.notExists(platform.home().resolve("console-address"))) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the platform did not start:\n" + platform.log());
            }
            Thread.sleep(50);
        }
    }

    private static void judge(
            KilledPlatform platform, SlowSupplier supplier, Callers predictions, Callers streams, int faults)
            throws Exception {
        BooksAfter books = new BooksAfter(platform);
        Set<String> lost = books.lost(Callers.Asking.PREDICTION, predictions.answered());
        Set<String> lostStreams = books.lost(Callers.Asking.STREAM, streams.answered());
        List<String> broken = books.broken();
        long streamRows = books.rows(Callers.Asking.STREAM);
        System.out.printf(
                Locale.ROOT,
                "| %d faults, %d predictions and %d streams read to their end | %d and %d not in the books;"
                        + " %d streams charged of %d that the supplier began; broken invariants: %s | |%n",
                faults,
                predictions.count(),
                streams.count(),
                lost.size(),
                lostStreams.size(),
                streamRows,
                supplier.begun(),
                broken.isEmpty() ? "none" : broken);
        if (!lost.isEmpty() || !lostStreams.isEmpty() || !broken.isEmpty() || streamRows > supplier.begun()) {
            throw new IllegalStateException("the books are wrong: " + lost + " " + lostStreams + " " + broken);
        }
    }

    private record Faults(KilledPlatform platform, Callers predictions, Callers streams, SplittableRandom random) {
        void next(int number) throws Exception {
            awaitAnswers();
            Thread.sleep(random.nextInt(50, 1_500));
            String kind;
            switch (random.nextInt(KINDS)) {
                case 0 -> {
                    platform.killDatabase();
                    kind = "database killed";
                }
                case 1 -> {
                    platform.pauseDatabase(Duration.ofSeconds(random.nextInt(2, 20)));
                    kind = "database still for a while";
                }
                default -> {
                    platform.kill();
                    Files.deleteIfExists(platform.home().resolve("console-address"));
                    platform.start();
                    awaitConsole(platform);
                    kind = "platform killed";
                }
            }
            awaitAnswers();
            List<String> broken = new BooksAfter(platform).broken();
            System.out.printf(
                    Locale.ROOT,
                    "%4d %-26s %,8d predictions %,8d streams  invariants %s%n",
                    number,
                    kind,
                    predictions.count(),
                    streams.count(),
                    broken.isEmpty() ? "hold" : broken);
            if (!broken.isEmpty()) {
                throw new IllegalStateException("after fault " + number + " (" + kind + "): " + broken);
            }
        }

        /// Ready is who answers customers, of both kinds.
        void awaitAnswers() throws InterruptedException {
            predictions.awaitMore(5);
            streams.awaitMore(5);
        }
    }
}
