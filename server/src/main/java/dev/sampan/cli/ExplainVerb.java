package dev.sampan.cli;

import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.explanation.Explainer;
import dev.sampan.explanation.Explanation;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.ExplainSpec;
import dev.sampan.studio.StageProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Says of a few rows which words spoke for the answer and which against it, and how far to trust that.
@Command(name = "explain", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class ExplainVerb extends LocalVerb {
    private static final int TOKENS_SHOWN = 8;

    @Mixin
    private DataFile file = new DataFile();

    @Option(names = "--samples", defaultValue = "5", descriptionKey = "option.samples")
    private int samples = 5;

    @Option(names = "--method", defaultValue = "auto", descriptionKey = "option.method")
    private ExplainSpec.Method method = ExplainSpec.Method.AUTO;

    @Option(names = "--seed", defaultValue = "42", descriptionKey = "option.seed")
    private long seed = 42;

    /// One row's explanation as `--json` prints it.
    record Explained(Map<String, String> input, Explanation explanation) {}

    @Override
    void work(StageProgress progress) {
        requireWithin("--samples", samples, 1, 1_000);
        ModelPackage model = file.model();
        requireExplainable(model);
        ExplainSpec spec = new ExplainSpec(method, samples, seed);
        List<Explained> explained = new ArrayList<>();
        try (Runtime runtime = Runtimes.openForManyRows(model);
                RowReader rows = file.rows();
                RowReader calls = file.rows(model)) {
            for (Row row = rows.next(); row != null && explained.size() < samples; row = rows.next()) {
                progress.at("explain", explained.size(), samples, "");
                Map<String, String> shown = DataFile.inputs(rows, row, runtime);
                Row call = Objects.requireNonNull(calls.next(), "both read the same rows");
                Map<String, String> input = DataFile.inputs(calls, call, runtime);
                explained.add(
                        new Explained(shown, Explainer.explain(runtime, model.features(), input, spec, progress)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file.data() + " cannot be read", e);
        }
        if (json()) {
            printJson(Map.of("explanations", explained));
        } else {
            explained.forEach(ExplainVerb::print);
        }
    }

    private static void requireExplainable(ModelPackage model) {
        if (!Explainer.explains(model.features())) {
            throw new ProblemException(Problem.of(
                            "explain.no_text",
                            "This version explains the classes of texts and of pictures, and the model reads or answers"
                                    + " something else")
                    .at(model.folder().toString()));
        }
    }

    private static void print(Explained one) {
        Explanation why = one.explanation();
        System.out.println(String.join(" ", one.input().values()));
        System.out.println(Texts.get("explain.answer", why.label(), String.format("%.3f", why.score()), why.method()));
        why.heaviest(TOKENS_SHOWN)
                .forEach(token -> System.out.println(String.format(
                        Locale.ROOT,
                        "    %+.4f  %s",
                        token.weight(),
                        token.text().strip())));
        System.out.println(Texts.get(
                "explain.quality",
                String.format("%.3f", why.quality().fidelity()),
                String.format("%.3f", why.quality().stability()),
                String.format("%.3f", why.quality().deletionDrop())));
    }
}
