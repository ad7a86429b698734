package dev.sampan.harness;

import dev.sampan.kernel.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A table of five typed columns and a label made ready for training, beside pandas and DuckDB: types checked, rows
/// without a label dropped, a stratified split of 80/10/10, three JSONL files. Each in a process of its own, by turns;
/// seconds are of the whole process. Sampan alone also hashes the file and every row, keeps equal rows on one side and
/// forces the files to the disk. The Python with both is `SAMPAN_PYTHON`, else `python3`. The rows are synthetic.
final class PreparationSpeed implements Measure.Measurement {
    private static final int ROWS = 10_000_000;
    private static final String SPEC = """
            name: preparation
            task: tabular_classification
            data:
              dataset: rows.csv
              input_features:
                - {name: amount, type: number}
                - {name: age, type: number}
                - {name: channel, type: category}
                - {name: street, type: category}
                - {name: since, type: date}
              output_features: [{name: label}]
              quality: {fail_on: [], warn_on: [missing_label]}
              clean: []
              split: {type: stratify, probabilities: [0.8, 0.1, 0.1]}
            """;
    private static final String[] CHANNELS = {"web", "shop", "phone", "partner", "letter"};
    private static final String[] LABELS = {"stays", "leaves", "returns", "unsure"};
    private static final double WITHOUT_LABEL = 0.01;

    @Override
    public String what() {
        return "rows a second of preparing a table ([rows] [rounds]) beside pandas and DuckDB (SAMPAN_PYTHON)";
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        int rows = arguments.isEmpty() ? ROWS : Integer.parseInt(arguments.get(0));
        int rounds = arguments.size() < 2 ? 1 : Integer.parseInt(arguments.get(1));
        Path folder = Files.createTempDirectory("sampan-preparation");
        try {
            Path table = folder.resolve("rows.csv");
            long labelled = write(table, rows);
            Files.writeString(folder.resolve("sampan.yaml"), SPEC);
            System.out.printf(
                    Locale.ROOT,
                    "%,d rows, %.0f MB, %,d with a label; %d processors%n",
                    rows,
                    Files.size(table) / 1e6,
                    labelled,
                    Runtime.getRuntime().availableProcessors());
            for (int round = 1; round <= rounds; round++) {
                for (Map.Entry<String, List<String>> side : sides(folder).entrySet()) {
                    measure(side.getKey(), side.getValue(), rows, labelled);
                    clear(folder);
                }
            }
        } finally {
            clear(folder);
            try (Stream<Path> left = Files.list(folder)) {
                for (Path file : left.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static Map<String, List<String>> sides(Path folder) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String python = System.getenv().getOrDefault("SAMPAN_PYTHON", "python3");
        String script = Measure.root().resolve("harness/python/preparation.py").toString();
        String table = folder.resolve("rows.csv").toString();
        String out = folder.resolve("out").toString();
        Map<String, List<String>> sides = new LinkedHashMap<>();
        sides.put(
                "Sampan",
                List.of(
                        java,
                        "-Xmx1g",
                        "--enable-native-access=ALL-UNNAMED",
                        PrepareOnce.class.getName(),
                        folder.resolve("sampan.yaml").toString(),
                        out));
        sides.put("pandas", List.of(python, script, table, out, "pandas"));
        sides.put("DuckDB", List.of(python, script, table, out, "duckdb"));
        return sides;
    }

    private static void measure(String name, List<String> command, int rows, long labelled) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        long begun = System.nanoTime();
        Process process = builder.start();
        List<String> told = process.inputReader().readAllLines();
        int code = process.waitFor();
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (code != 0 || told.isEmpty()) {
            System.out.println(name + ": not measured, " + command.getFirst() + " ended with " + code);
            return;
        }
        JsonNode result = Json.read(told.getLast(), JsonNode.class);
        long written = 0;
        for (JsonNode split : result.path("rows").values()) {
            written += split.asLong();
        }
        if (written != labelled) {
            throw new IllegalStateException(name + " wrote " + written + " rows of " + labelled);
        }
        double cpu = result.path("cpu_seconds").asDouble();
        System.out.printf(
                Locale.ROOT,
                "%-7s %,10.0f rows a second (%.1f s), %,10.0f rows a CPU second, peak %,.0f MB; %s; %s%n",
                name,
                rows / seconds,
                seconds,
                rows / cpu,
                result.path("peak_mb").asDouble(),
                result.path("rows"),
                result.path("version").asString());
    }

    /// Removes what a side has written.
    private static void clear(Path folder) throws IOException {
        Path out = folder.resolve("out");
        if (!Files.exists(out)) {
            return;
        }
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        }
    }

    /// Returns how many rows have a label.
    private static long write(Path file, int rows) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        LocalDate first = LocalDate.of(2010, 1, 1);
        long labelled = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("amount,age,channel,street,since,label\n");
            for (int row = 0; row < rows; row++) {
                // Two decimals by hand: a format for each number would take longer than what is measured.
                int cents = random.nextInt(100);
                out.write(random.nextInt(1_000_000) + (cents < 10 ? ".0" : ".") + cents);
                out.write("," + (18 + random.nextInt(73)) + "," + CHANNELS[random.nextInt(CHANNELS.length)]);
                out.write(",\"Harbour Street " + random.nextInt(1_000) + ", back\",");
                out.write(first.plusDays(random.nextInt(6_000)).toString());
                boolean known = random.nextDouble() >= WITHOUT_LABEL;
                out.write(known ? "," + LABELS[random.nextInt(LABELS.length)] + "\n" : ",\n");
                labelled += known ? 1 : 0;
            }
        }
        return labelled;
    }
}
