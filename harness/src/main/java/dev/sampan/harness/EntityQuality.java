package dev.sampan.harness;

import dev.sampan.evaluation.Report;
import dev.sampan.evaluation.Report.Figure;
import dev.sampan.kernel.Json;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.studio.LearningProcess;
import dev.sampan.studio.PackageResults;
import dev.sampan.studio.Road;
import dev.sampan.studio.StageName;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Voyage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;

/// F1 of whole entities on CLUENER, mean of three seeds, each with another random tenth held out; a tenth of the rest
/// decides when to stop. The data is `sampan.shared`, by default the folder `shared` beside the checkout.
final class EntityQuality implements Measure.Measurement {
    private static final long[] SEEDS = {1, 2, 3};
    private static final String SPEC = """
            name: entities
            task: token_classification
            data:
              dataset: rows.jsonl
              input_features: [{name: text, type: text}]
              output_features: [{name: label, type: sequence}]
            model: {type: bilstm_crf}
            explain: {samples: 0}
            """;

    @Override
    public String what() {
        return "entity F1 of BiLSTM-CRF on CLUENER, mean of " + SEEDS.length + " seeds; overrides, or seeds=1,2";
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        Path home = Files.createTempDirectory("sampan-measure");
        Path file = Files.writeString(home.resolve("sampan.yaml"), SPEC);
        write(home.resolve("rows.jsonl"));
        Seeds seeds = Seeds.of(arguments, SEEDS);
        double sum = 0;
        for (long seed : seeds.values()) {
            long started = System.nanoTime();
            Report report = report(file, seeds.overrides(), seed, home);
            Figure f1 = Objects.requireNonNull(report.metrics().get("entity_f1"));
            sum += f1.value();
            System.out.printf(
                    Locale.ROOT,
                    "seed %d: entity F1 %.4f [%.4f, %.4f] on %d test rows, %.0f s%n",
                    seed,
                    f1.value(),
                    f1.low(),
                    f1.high(),
                    report.rows(),
                    (System.nanoTime() - started) / 1e9);
        }
        System.out.printf(
                Locale.ROOT,
                "| CLUENER, BiLSTM-CRF | entity F1 %.4f | published BiLSTM-CRF 0.70 |%n",
                sum / seeds.values().length);
    }

    /// The file has one object behind another, each over many lines: here each becomes a line.
    private static void write(Path lines) throws IOException {
        Path file = Measure.shared().resolve("data").resolve("cluener-train.json.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file));
                MappingIterator<JsonNode> rows =
                        Json.MAPPER.readerFor(JsonNode.class).readValues(in);
                BufferedWriter out = Files.newBufferedWriter(lines)) {
            while (rows.hasNext()) {
                out.write(Json.write(rows.next()));
                out.newLine();
            }
        }
    }

    private static Report report(Path file, List<String> overrides, long seed, Path home) throws Exception {
        List<String> all = new ArrayList<>(overrides);
        all.add("train.seed=" + seed);
        all.add("data.quality.fail_on=[single_class, missing_label]");
        Spec spec = Specs.read(file, all);
        all.addAll(RandomTenth.write(spec, seed, home));
        Voyage voyage = new Road(home, LearningProcess.ofThisInstallation())
                .walk(Specs.read(file, all), StageName.EVALUATE, StageProgress.of(EntityQuality::told));
        return PackageResults.report(Objects.requireNonNull(voyage.model()));
    }

    private static void told(String step, long done, long total, String note) {
        if (step.equals("train") && done % 280 == 0) {
            System.err.println(step + " " + done + " " + note);
        }
    }
}
