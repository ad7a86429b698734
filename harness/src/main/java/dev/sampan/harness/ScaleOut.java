package dev.sampan.harness;

import dev.sampan.database.DatabaseAddress;
import dev.sampan.database.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/// Three gateways on one PostgreSQL, each with its own home and journal, sharing the folder of models: nodes join,
/// leave and are killed under calls and streams of one customer with one wallet; what customers read is compared
/// with the books. Arguments: changes and the seed, `12 42`.
final class ScaleOut implements Measure.Measurement {
    private static final int NODES = 3;
    private static final int CALLERS = 2;

    @Override
    public String what() {
        return "three nodes on one database joining, leaving and dying under load; [changes] [seed]";
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        int changes = arguments.isEmpty() ? 12 : Integer.parseInt(arguments.getFirst());
        long seed = arguments.size() < 2 ? 42 : Long.parseLong(arguments.get(1));
        System.out.println("seed " + seed);
        Path folder = StartTime.aHome();
        Path first = folder.resolve("first");
        try (SlowSupplier supplier = new SlowSupplier();
                KilledPlatform origin = new KilledPlatform(Measure.root(), first)) {
            String secret = origin.demo(); // the database that the nodes will share, with a model, a customer and a key
            origin.start();
            Drill.awaitConsole(origin);
            origin.fund();
            origin.run("suppliers", "apply", Drill.suppliers(folder, supplier).toString());
            origin.stop();
            try (EmbeddedPostgres shared = EmbeddedPostgres.start(EmbeddedPostgres.Options.of(first));
                    Fleet fleet = new Fleet(folder, shared.address(), first, secret)) {
                fleet.sail(changes, new SplittableRandom(seed));
                fleet.judge(supplier, changes);
            }
        }
    }

    /// The nodes and who calls them.
    private static final class Fleet implements AutoCloseable {
        private final List<KilledPlatform> nodes = new ArrayList<>();
        private final List<Callers> predictions = new ArrayList<>();
        private final List<Callers> streams = new ArrayList<>();
        private final boolean[] up = new boolean[NODES];
        private final String[] options;

        Fleet(Path folder, DatabaseAddress database, Path first, String secret) throws Exception {
            String url = database.url() + "?user=" + database.user() + "&password=" + database.password();
            options = new String[] {
                "--db-url", url, "--models", first.resolve("models").toString()
            };
            for (int i = 0; i < NODES; i++) {
                Path home = Files.createDirectories(folder.resolve("node" + i).resolve("home"));
                Files.copy(
                        first.resolve("master-key.json"),
                        home.resolve("master-key.json"),
                        StandardCopyOption.COPY_ATTRIBUTES);
                KilledPlatform node = new KilledPlatform(Measure.root(), home);
                nodes.add(node);
                predictions.add(new Callers(Callers.Asking.PREDICTION, CALLERS, node.address(), secret));
                streams.add(new Callers(Callers.Asking.STREAM, CALLERS, node.address(), secret));
                join(i);
            }
        }

        private void join(int node) throws Exception {
            Files.deleteIfExists(nodes.get(node).home().resolve("console-address"));
            nodes.get(node).start(options);
            Drill.awaitConsole(nodes.get(node));
            up[node] = true;
        }

        void sail(int changes, SplittableRandom random) throws Exception {
            for (int change = 1; change <= changes; change++) {
                awaitAnswers();
                Thread.sleep(random.nextInt(200, 1_500));
                int node = random.nextInt(NODES);
                String what;
                if (!up[node]) {
                    join(node);
                    what = "joined";
                } else if (random.nextBoolean()) {
                    nodes.get(node).kill();
                    up[node] = false;
                    what = "killed";
                } else {
                    nodes.get(node).stop();
                    up[node] = false;
                    what = "left";
                }
                if (!up[0] && !up[1] && !up[2]) {
                    join(random.nextInt(NODES));
                }
                System.out.printf(Locale.ROOT, "%4d node %d %s%n", change, node, what);
            }
            for (int node = 0; node < NODES; node++) {
                if (!up[node]) {
                    join(node);
                }
            }
            awaitAnswers();
        }

        /// Of every node that is up.
        private void awaitAnswers() throws InterruptedException {
            for (int node = 0; node < NODES; node++) {
                if (up[node]) {
                    predictions.get(node).awaitMore(5);
                    streams.get(node).awaitMore(5);
                }
            }
        }

        void judge(SlowSupplier supplier, int changes) throws Exception {
            predictions.forEach(Callers::stop);
            streams.forEach(Callers::stop);
            BooksAfter books = new BooksAfter(nodes.getFirst(), options[1]);
            Set<String> lost = books.lost(Callers.Asking.PREDICTION, all(predictions));
            lost.addAll(books.lost(Callers.Asking.STREAM, all(streams)));
            List<String> broken = books.broken();
            long charged = books.rows(Callers.Asking.STREAM);
            System.out.printf(
                    Locale.ROOT,
                    "| %d changes of three nodes, %d predictions and %d streams read | %d not in the books;"
                            + " %d streams charged of %d that the supplier began; broken invariants: %s | |%n",
                    changes,
                    all(predictions).size(),
                    all(streams).size(),
                    lost.size(),
                    charged,
                    supplier.begun(),
                    broken.isEmpty() ? "none" : broken);
            if (!lost.isEmpty() || !broken.isEmpty() || charged > supplier.begun()) {
                throw new IllegalStateException("the books are wrong: " + lost + " " + broken);
            }
        }

        private static Set<String> all(List<Callers> callers) {
            Set<String> all = new HashSet<>();
            callers.forEach(some -> all.addAll(some.answered()));
            return all;
        }

        @Override
        public void close() {
            predictions.forEach(Callers::close);
            streams.forEach(Callers::close);
            nodes.forEach(KilledPlatform::close);
        }
    }
}
