package dev.sampan.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Progress;
import dev.sampan.kernel.Sha256;
import dev.sampan.spec.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A version is a name that people keep: it may not change because preparation was made faster. Every value here
/// was taken from the first preparation that worked row by row.
class StableVersionTests {
    private static final String[] WORDS = {
        "Harbour",
        "渡口",
        "\"quay\"",
        "back\\slash",
        "tab\there",
        "naïve",
        "🚢",
        "line\nbreak",
        "\u0001\u001f",
        "\u007f\u2028"
    };

    @TempDir
    Path folder;

    @Test
    void ofATableOfEveryType() throws IOException {
        Files.writeString(folder.resolve("rows.csv"), table(3_000));
        Dataset dataset = prepared("""
                name: t
                task: tabular_classification
                data:
                  dataset: rows.csv
                  input_features:
                    - {name: amount, type: number}
                    - {name: street, type: category}
                    - {name: since, type: date}
                    - {name: "note \\"x\\"", type: category}
                  output_features: [{name: label}]
                  quality: {fail_on: [], warn_on: [missing_label, missing, id_column, duplicate_rows, imbalance]}
                  clean: [strip_control, nfkc]
                  missing_values: [NA]
                  split: {type: stratify, probabilities: [0.8, 0.1, 0.1]}
                """);

        assertThat(names(dataset)).containsExactly("982efe17d37aa3d2", "edf93f93ff8b013b", "3bcd5878f0e961e0");
    }

    @Test
    void ofTextsWithoutTheirRepetitions() throws IOException {
        Files.writeString(folder.resolve("rows.jsonl"), texts(600));
        Dataset dataset = prepared("""
                name: t
                task: text_classification
                data:
                  dataset: rows.jsonl
                  input_features: [{name: text}]
                  output_features: [{name: label}]
                  quality: {fail_on: [], warn_on: [duplicate_across_splits, missing_label]}
                  clean: [collapse_whitespace, dedupe: {near: 0.85}]
                  split: {type: hash, probabilities: [0.7, 0.2, 0.1]}
                """);

        assertThat(names(dataset)).containsExactly("105548e5828d97b7", "0a9a8a7300342ba3", "55f4b019a68e5a29");
    }

    private Dataset prepared(String spec) throws IOException {
        Path file = Files.writeString(folder.resolve("sampan.yaml"), spec);
        return Datasets.prepare(Specs.read(file, List.of()), folder.resolve("out"), Progress.NONE);
    }

    /// The version, the bytes of the rows with their origins, and what was found: each as the start of a hash.
    private static List<String> names(Dataset dataset) throws IOException {
        return List.of(
                dataset.version().hex().substring(0, 16),
                files(dataset).substring(0, 16),
                Sha256.of(Json.write(found(dataset.quality()))).hex().substring(0, 16));
    }

    private static List<Object> found(QualityReport quality) {
        return List.of(quality.read(), quality.dropped(), quality.labelCounts(), quality.findings());
    }

    private static String files(Dataset dataset) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Split split : Split.values()) {
            all.append(Files.readString(dataset.folder().resolve(split.name().toLowerCase(Locale.ROOT) + ".jsonl")));
        }
        return Sha256.of(all.toString()).hex();
    }

    private static String table(int rows) {
        SplittableRandom random = new SplittableRandom(7);
        StringBuilder csv = new StringBuilder("amount,left,street,since,\"note \"\"x\"\"\",label\n");
        String[] numbers = {"1", "-0", "0.1", "1e-7", " 12.50 ", "+3", "NA", "", "123456789012345678901234567890", ".5"
        };
        String[] days = {"2024-05-01", "2024/5/1", "20240501", "2024年5月1日", "2024-05-01 13:05:09Z", "", "2024-02"};
        for (int row = 0; row < rows; row++) {
            csv.append(numbers[random.nextInt(numbers.length)]).append(",x,");
            csv.append(quoted(text(random, 2)))
                    .append(',')
                    .append(days[random.nextInt(days.length)])
                    .append(',');
            csv.append(quoted(text(random, 4))).append(',');
            csv.append(row % 97 == 0 ? "" : "L" + random.nextInt(5)).append(row % 3 == 0 ? "\r\n" : "\n");
        }
        return csv.toString();
    }

    private static String texts(int rows) {
        SplittableRandom random = new SplittableRandom(9);
        StringBuilder lines = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            String text = text(random, 2 + random.nextInt(3)).repeat(1 + random.nextInt(3));
            lines.append(Json.write(Map.of("text", text, "label", "l" + random.nextInt(3))));
            lines.append('\n');
        }
        return lines.toString();
    }

    private static String text(SplittableRandom random, int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
