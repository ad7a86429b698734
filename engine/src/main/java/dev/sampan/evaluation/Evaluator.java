package dev.sampan.evaluation;

import dev.sampan.data.Features;
import dev.sampan.data.InteractionFeatures;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.SeriesFeatures;
import dev.sampan.data.Target;
import dev.sampan.evaluation.Report.Figure;
import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.spec.EvaluateSpec;
import dev.sampan.spec.EvaluateSpec.Comparison;
import dev.sampan.spec.EvaluateSpec.Gate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// Judges a runtime's answers.
public final class Evaluator {
    private static final int BATCH = 256;
    private static final int NAMES_SHOWN = 8;
    /// Share of the heap that scores may take; the rest is for the runtime and for ranking.
    private static final double MEMORY_SHARE = 0.5;

    private final Runtime runtime;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final Map<String, Integer> inputs;
    private final int truth;
    private final Slices slices;

    private Evaluator(Runtime runtime, List<String> columns, String labelColumn, List<String> slices) {
        this.runtime = runtime;
        this.truth = column(columns, labelColumn);
        this.slices = new Slices(
                slices, slices.stream().map(name -> column(columns, name)).toList());
        this.inputs = inputs(runtime, columns);
        runtime.labels().forEach(label -> indexes.put(label, indexes.size()));
    }

    /// Judges a model of any kind by rows it has not learnt from.
    ///
    /// @param labelColumn the reader's column with the truth; not looked at where things are recommended, and null
    ///     where anomalies are not known
    /// @throws dev.sampan.kernel.ProblemException `evaluate.*`
    /// @throws CancellationException when the progress is cancelled
    public static Report judge(
            ModelPackage model,
            Runtime runtime,
            RowReader rows,
            @Nullable String labelColumn,
            EvaluateSpec spec,
            Progress progress) {
        Questions questions = new Questions(rows, progress);
        Features features = model.features();
        return switch (features.target()) {
            case Target.Categories _ ->
                evaluate(runtime, rows, named(labelColumn), majority(model.manifest()), spec, progress);
            case Target.Quantity() ->
                NumberJudge.judge(runtime, questions, named(labelColumn), mean(model.manifest()), spec);
            case Target.Tags _ -> SpanJudge.judge(runtime, questions, named(labelColumn), spec);
            case Target.Strangeness(float threshold) ->
                AnomalyJudge.judge(runtime, questions, labelColumn, threshold, spec);
            case Target.Items _ -> ListJudge.judge(runtime, questions, (InteractionFeatures) features, spec);
            case Target.Samples _ -> GenerationJudge.judge(model, runtime, questions, labelColumn, spec);
            case Target.Horizon _ ->
                ForecastJudge.judge(runtime, questions, (SeriesFeatures) features, named(labelColumn), spec);
        };
    }

    private static String named(@Nullable String labelColumn) {
        if (labelColumn == null) {
            throw new ProblemException(
                    Problem.of("evaluate.missing_column", "Nothing says which column holds the truth"));
        }
        return labelColumn;
    }

    /// The label that the baseline always answers: the most frequent of the training rows, of equals the first in the
    /// alphabet.
    public static String majority(Manifest manifest) {
        return manifest.labelCounts().entrySet().stream()
                .min(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new IllegalArgumentException("a manifest without label counts"));
    }

    /// The number that the baseline always answers: the mean of the training rows.
    private static double mean(Manifest manifest) {
        if (manifest.training().get(Manifest.TARGET_MEAN) instanceof Number mean) {
            return mean.doubleValue();
        }
        throw new IllegalArgumentException("a manifest without the training rows' mean");
    }

    /// Every row is asked once, in the reader's order; the scores are kept (rows × labels × 4 bytes, at most
    /// half of the heap).
    ///
    /// @param labelColumn the reader's column with the truth
    /// @param majority the most frequent training label, which the baseline always answers
    /// @throws dev.sampan.kernel.ProblemException `evaluate.no_rows`, `evaluate.missing_column`,
    ///     `evaluate.unknown_label` with the line and the nearest label, `evaluate.too_many_rows` when the
    ///     scores do not fit in memory, `evaluate.unreadable`
    /// @throws CancellationException when the progress is cancelled
    public static Report evaluate(
            Runtime runtime,
            RowReader rows,
            String labelColumn,
            String majority,
            EvaluateSpec spec,
            Progress progress) {
        Evaluator evaluator = new Evaluator(runtime, rows.columns(), labelColumn, spec.slices());
        int baseline = runtime.labels().indexOf(majority);
        if (baseline < 0) {
            throw new IllegalArgumentException("the majority label '" + majority + "' is none of the model's");
        }
        Answers answers = evaluator.ask(rows, progress);
        if (answers.rows() == 0) {
            throw new ProblemException(Problem.of("evaluate.no_rows", "There is no row to judge the model by")
                    .remedy("Give a file with at least one row below its header"));
        }
        Report report = Reports.report(answers, runtime.labels(), baseline, spec);
        return spec.slices().isEmpty()
                ? report
                : report.withSlices(Reports.slices(answers, evaluator.slices, runtime.labels(), spec));
    }

    /// The answers alone, to be set beside others.
    static Answers answers(Runtime runtime, RowReader rows, String labelColumn, Progress progress) {
        Answers answers = new Evaluator(runtime, rows.columns(), labelColumn, List.of()).ask(rows, progress);
        if (answers.rows() == 0) {
            throw new ProblemException(Problem.of("evaluate.no_rows", "There is no row to judge the model by")
                    .remedy("Give a file with at least one row below its header"));
        }
        return answers;
    }

    /// One problem for each gate of the specification that the report does not hold.
    public static List<Problem> failedGates(Report report, EvaluateSpec spec) {
        List<Problem> failed = new ArrayList<>();
        for (Gate gate : spec.gates()) {
            Figure figure = report.metrics().get(gate.metric());
            if (figure == null) {
                failed.add(Problem.of(
                                "evaluate.unknown_metric", "The report has no metric '" + gate.metric() + "' to hold")
                        .at("evaluate.gates")
                        .remedy("It has "
                                + String.join(
                                        ", ",
                                        report.metrics().keySet().stream()
                                                .sorted()
                                                .toList())));
            } else if (!holds(figure.value(), gate)) {
                failed.add(Problem.of("evaluate.gate_failed", sentence(figure, gate, report.confidence()))
                        .at("evaluate.gates." + gate.metric()));
            }
        }
        return failed;
    }

    private static boolean holds(double value, Gate gate) {
        return switch (gate.comparison()) {
            case AT_LEAST -> value >= gate.bound();
            case AT_MOST -> value <= gate.bound();
        };
    }

    private static String sentence(Figure figure, Gate gate, double confidence) {
        return String.format(
                Locale.ROOT,
                "%s is %.4f (%.4f to %.4f at %s %% confidence, %d rows), the gate asks for %s %s",
                gate.metric(),
                figure.value(),
                figure.low(),
                figure.high(),
                Math.round(confidence * 1000) / 10.0,
                figure.n(),
                gate.comparison() == Comparison.AT_LEAST ? "at least" : "at most",
                gate.bound());
    }

    private Answers ask(RowReader rows, Progress progress) {
        long memory = (long) (java.lang.Runtime.getRuntime().maxMemory() * MEMORY_SHARE);
        Answers answers = new Answers(runtime.labels().size(), memory);
        List<Row> batch = new ArrayList<>(BATCH);
        progress.at("evaluate", 0, 0, "");
        for (Row row = next(rows); row != null; row = next(rows)) {
            batch.add(row);
            if (batch.size() == BATCH) {
                flush(batch, answers, progress);
            }
        }
        flush(batch, answers, progress);
        return answers;
    }

    /// Labels are looked up before the model is asked: a wrong file is refused at its first wrong line, not
    /// after hours.
    private void flush(List<Row> batch, Answers answers, Progress progress) {
        if (progress.cancelled()) {
            throw new CancellationException("evaluation was cancelled");
        }
        int[] truths = batch.stream().mapToInt(this::truthOf).toArray();
        List<Prediction> predictions =
                runtime.predict(batch.stream().map(this::inputOf).toList());
        for (int i = 0; i < truths.length; i++) {
            Prediction.Category prediction = predictions.get(i).category();
            Integer answer = indexes.get(prediction.label());
            if (answer == null) {
                throw new IllegalStateException(
                        "the runtime answered '" + prediction.label() + "', no label of its own");
            }
            answers.add(truths[i], answer, prediction.scores());
            slices.add(batch.get(i));
        }
        batch.clear();
        progress.at("evaluate", answers.rows(), 0, "");
    }

    private int truthOf(Row row) {
        String label = row.values().get(truth).strip();
        Integer index = indexes.get(label);
        if (index == null) {
            String what =
                    label.isEmpty() ? "The row has no label" : "The model does not know the label '" + label + "'";
            throw new ProblemException(Problem.of("evaluate.unknown_label", what)
                    .at(row.origin())
                    .remedy(didYouMean(label, runtime.labels())));
        }
        return index;
    }

    private Map<String, String> inputOf(Row row) {
        Map<String, String> input = new HashMap<>();
        inputs.forEach((name, at) -> input.put(name, row.values().get(at)));
        return input;
    }

    private static Map<String, Integer> inputs(Runtime runtime, List<String> columns) {
        Map<String, Integer> inputs = new HashMap<>();
        List<String> names = runtime.inputs();
        boolean byAlias = names.size() == 1 && !columns.contains(names.getFirst()) && columns.contains("text");
        for (String name : names) {
            inputs.put(name, column(columns, byAlias ? "text" : name));
        }
        return inputs;
    }

    private static int column(List<String> columns, String name) {
        int at = columns.indexOf(name);
        if (at < 0) {
            throw new ProblemException(Problem.of("evaluate.missing_column", "The file has no column '" + name + "'")
                    .remedy(didYouMean(name, columns)));
        }
        return at;
    }

    private static String didYouMean(String received, List<String> known) {
        String nearest = Nearest.of(received, known);
        return nearest == null ? "Known are " + few(known) : "Did you mean '" + nearest + "'?";
    }

    private static String few(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())));
        return names.size() > NAMES_SHOWN ? first + " and " + (names.size() - NAMES_SHOWN) + " more" : first;
    }

    private static @Nullable Row next(RowReader rows) {
        try {
            return rows.next();
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("evaluate.unreadable", "The rows cannot be read on: " + e.getMessage()), e);
        }
    }
}
