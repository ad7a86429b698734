package dev.sampan.harness;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Entry point of `./sampan measure NAME [argument …]`.
public final class Measure {
    /// The visible list: name → what it does.
    private static final Map<String, Measurement> ALL = all();

    private Measure() {}

    /// One figure, benchmark or long drill. Prints its method, each round, and the row for docs/figures.md.
    interface Measurement {
        String what();

        void run(List<String> arguments) throws Exception;
    }

    private static Map<String, Measurement> all() {
        Map<String, Measurement> all = new LinkedHashMap<>();
        all.put("banking-bilstm", new TextAccuracy("banking", "BiLSTM", List.of("model={type: bilstm}"), 0.881));
        all.put("banking-encoder", new TextAccuracy("banking", "MiniLM + linear", List.of(), 0.929));
        all.put(
                "banking-finetuned",
                new TextAccuracy(
                        "banking",
                        "MiniLM fine-tuned",
                        List.of("model={model_name_or_path: auto, finetuning_type: full, max_length: 64}"),
                        0.929)); // what Python has: the same encoder as it is, with a linear head
        all.put("hotel-encoder", new TextAccuracy("hotel", "bge + linear", List.of(), 0.877));
        all.put("few-labels", new FewLabels());
        all.put("entities", new EntityQuality());
        all.put("images", new ImageAccuracy());
        all.put("tabular", new TableQuality());
        all.put("generation", new GenerationQuality());
        all.put("training-speed", new TrainingSpeed());
        all.put("gateway", new GatewayCost());
        all.put("relay", new RelayCost());
        all.put("drill", new Drill());
        all.put("scale-out", new ScaleOut());
        all.put("restore", new RestoreDrill());
        all.put("start", new StartTime());
        all.put("demo", new DemoTime());
        all.put("big-file", new BigFile());
        all.put("preparation", new PreparationSpeed());
        all.put("recommend", new RecommendedLists());
        all.put("tracking", new TrackingLists());
        return all;
    }

    public static void main(String[] arguments) throws Exception {
        String name = arguments.length == 0 ? "" : arguments[0];
        Measurement chosen = ALL.get(name);
        if (chosen != null) {
            chosen.run(Arrays.asList(arguments).subList(1, arguments.length));
            System.exit(0);
        }
        System.err.println(name.isEmpty() ? "sampan: Measure what?" : "sampan: There is no figure '" + name + "'.");
        ALL.forEach((known, measurement) -> System.err.printf("        %-18s %s%n", known, measurement.what()));
        System.exit(2);
    }

    /// Where the data sets are: `sampan.shared`, by default the folder `shared` beside the checkout.
    static Path shared() {
        return Path.of(System.getProperty(
                "sampan.shared", root().resolveSibling("shared").toString()));
    }

    /// The checkout, as the launcher says.
    static Path root() {
        return Path.of(System.getProperty("sampan.root", ".")).toAbsolutePath().normalize();
    }
}
