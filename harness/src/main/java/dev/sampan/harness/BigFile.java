package dev.sampan.harness;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// A CSV file of 1 GB through checks, cleaning, both kinds of duplicates and the split, in a process with 1 GB of heap.
/// The rows are synthetic. Arguments: gigabytes of the file and of the heap, `10 2`.
final class BigFile implements Measure.Measurement {
    private static final String[] WORDS = {
        "parcel", "refund", "coupon", "kettle", "tea", "broken", "late", "address", "invoice", "points", "gift",
        "colour", "size", "lid", "store", "hours", "repair", "login", "price", "please", "when", "where", "how", "not",
        "my", "the"
    };

    @Override
    public String what() {
        return "a CSV file of 1 GB prepared under -Xmx1g; or [gigabytes of file] [gigabytes of heap]";
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        int gigabytes = arguments.isEmpty() ? 1 : Integer.parseInt(arguments.getFirst());
        int heap = arguments.size() < 2 ? 1 : Integer.parseInt(arguments.get(1));
        Path folder = Files.createTempDirectory("sampan-big");
        Path data = folder.resolve("big.csv");
        long rows = write(data, (long) gigabytes << 30);
        Path spec = Files.writeString(folder.resolve("sampan.yaml"), """
                name: big
                task: text_classification
                data:
                  dataset: big.csv
                  input_features: [{name: text, type: text}]
                  output_features: [{name: label, type: category}]
                """);
        long begun = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap + "g",
                        "--enable-native-access=ALL-UNNAMED",
                        PrepareOnce.class.getName(),
                        spec.toString(),
                        folder.resolve("dataset").toString())
                .inheritIO();
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException("the preparation failed");
        }
        System.out.printf(
                Locale.ROOT,
                "| CSV of %d GB (%,d synthetic rows) under -Xmx%dg, near duplicates and all checks | %.0f s | |%n",
                gigabytes,
                rows,
                heap,
                (System.nanoTime() - begun) / 1e9);
    }

    private static long write(Path file, long size) throws Exception {
        Random random = new Random(1);
        long rows = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("text,label\n");
            for (long bytes = 0; bytes < size; rows++) {
                StringBuilder row = new StringBuilder();
                int words = 6 + random.nextInt(12);
                for (int i = 0; i < words; i++) {
                    row.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
                }
                row.append(random.nextInt(1_000_000))
                        .append(",label")
                        .append(random.nextInt(20))
                        .append('\n');
                out.write(row.toString());
                bytes += row.length();
            }
        }
        return rows;
    }
}
