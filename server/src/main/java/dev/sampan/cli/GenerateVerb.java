package dev.sampan.cli;

import dev.sampan.data.PictureSample;
import dev.sampan.data.SampleFeatures;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.studio.StageProgress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes samples: pictures into a folder, rows of a table into a CSV file. Sample i is that of the seed
/// `--seed` + i, the same that the API answers for it.
@Command(name = "generate", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class GenerateVerb extends LocalVerb {
    private static final int BATCH = 256;
    private static final int COUNT_MAX = 10_000_000;
    private static final int PICTURES_MAX = 1_000_000;

    @Parameters(index = "0", paramLabel = "DIR", descriptionKey = "parameter.package")
    private @Nullable Path folder;

    @Option(names = "--count", defaultValue = "16", descriptionKey = "option.count")
    private int count = 16;

    @Option(names = "--seed", defaultValue = "0", descriptionKey = "option.first_seed")
    private long seed;

    @Option(names = "--label", paramLabel = "LABEL", descriptionKey = "option.made_label")
    private @Nullable String label;

    @Mixin
    private SampleOutput output = new SampleOutput();

    @Override
    void work(StageProgress progress) {
        requireWithin("--count", count, 1, COUNT_MAX);
        ModelPackage model = ModelPackage.open(Objects.requireNonNull(folder, "picocli asks for it"));
        SampleFeatures features = features(model);
        boolean pictures = features.target().columns().getFirst() instanceof PictureSample;
        requireWithin("--count", count, 1, pictures ? PICTURES_MAX : COUNT_MAX);
        output.check(pictures);
        try (Runtime runtime = Runtimes.openForManyRows(model)) {
            output.write(pictures, model, sink -> {
                for (int from = 0; from < count; from += BATCH) {
                    if (progress.cancelled()) {
                        throw new CancellationException("cancelled while generating");
                    }
                    List<Map<String, String>> asked = asked(features, from);
                    List<Prediction> made = runtime.predict(asked);
                    for (int i = 0; i < made.size(); i++) {
                        if (made.get(i) instanceof Prediction.Sample(Map<String, String> values)) {
                            sink.add(seed + from + i, values);
                        }
                    }
                    progress.at("generate", from + made.size(), count, "");
                }
            });
        }
        if (json()) {
            printJson(Map.of("output", output.path().toString(), "samples", count, "seed", seed, "synthetic", true));
        } else {
            System.out.println(Texts.get("generate.done", count, output.path(), seed));
        }
    }

    /// @throws ProblemException `generate.no_generator`, `generate.no_labels`
    private SampleFeatures features(ModelPackage model) {
        if (!(model.features() instanceof SampleFeatures features)) {
            throw new ProblemException(
                    Problem.of("generate.no_generator", "The package answers rows, and makes none of its own")
                            .at(model.folder().toString())
                            .remedy("Train one with task: image_generation or table_generation"));
        }
        if (label != null && features.label() == null) {
            throw new ProblemException(
                    Problem.of("generate.no_labels", "The package learnt no labels, so none can be asked for")
                            .remedy("Leave --label out, or train with output_features"));
        }
        return features;
    }

    private List<Map<String, String>> asked(SampleFeatures features, int from) {
        List<Map<String, String>> asked = new ArrayList<>();
        for (int i = from; i < Math.min(count, from + BATCH); i++) {
            Map<String, String> row = new HashMap<>();
            row.put(SampleFeatures.SEED, Long.toString(seed + i));
            if (label != null) {
                row.put(Objects.requireNonNull(features.label()), label);
            }
            asked.add(row);
        }
        return asked;
    }
}
