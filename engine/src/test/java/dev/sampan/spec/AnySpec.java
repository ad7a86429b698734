package dev.sampan.spec;

import dev.sampan.kernel.Money;
import dev.sampan.privacy.MaskStyle;
import dev.sampan.privacy.PersonalData;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.InputType;
import dev.sampan.spec.DataSpec.OutputFeature;
import dev.sampan.spec.DataSpec.OutputType;
import dev.sampan.spec.DataSpec.QualityCheck;
import dev.sampan.spec.DataSpec.QualitySpec;
import dev.sampan.spec.EvaluateSpec.Comparison;
import dev.sampan.spec.EvaluateSpec.Gate;
import dev.sampan.spec.TrainSpec.ClassWeights;
import dev.sampan.spec.TrainSpec.Layers;
import dev.sampan.spec.TrainSpec.Losses;
import dev.sampan.spec.TrainSpec.Optimiser;
import dev.sampan.spec.TrainSpec.Pace;
import dev.sampan.spec.TrainSpec.Schedule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Any specification that may stand in a file beside `rows.csv` with the columns question, intent, customer.
final class AnySpec {
    private static final List<String> NAMES = List.of("a", "no", "null-1", "1e5x", "support.v2", "x_y-z", "true-1");
    private static final List<String> TEXTS =
            List.of("意图识别", "no", "null", "1e-5", "a: b", "#x", "'q'", "\"q\" \\", " led", "~", "🚢 harbour", "-");

    private final Random random;

    private AnySpec(Random random) {
        this.random = random;
    }

    static Spec of(Random random, Path folder) {
        return new AnySpec(random).spec(folder);
    }

    private Spec spec(Path folder) {
        ModelSpec model = model();
        return new Spec(
                1,
                one(NAMES),
                Task.TEXT_CLASSIFICATION,
                data(),
                model,
                train(model),
                new EvaluateSpec(
                        between(0.5, 0.999),
                        gates(),
                        one(List.of(List.of(), List.of("question"))),
                        random.nextBoolean()
                                ? null
                                : new EvaluateSpec.Costs(maybe("refund"), between(0, 100), between(0, 100)),
                        random.nextInt(2, 101),
                        random.nextInt(1, 1001)),
                new ExplainSpec(one(List.of(ExplainSpec.Method.values())), random.nextInt(1001), seed()),
                random.nextBoolean()
                        ? List.of()
                        : List.of(new CompressStep.Quantize(random.nextBoolean(), between(0, 1))),
                random.nextBoolean() ? List.of(ExportFormat.ONNX) : List.of(ExportFormat.values()),
                new RegisterSpec(one(NAMES), one(NAMES)),
                new ServeSpec(one(NAMES), random.nextInt(1, 257)),
                random.nextBoolean() ? null : product(),
                new TrackSpec(one(TEXTS), random.nextBoolean() ? Map.of() : Map.of(one(NAMES), one(TEXTS))),
                random.nextBoolean() ? null : search(),
                folder);
    }

    private SearchSpec search() {
        Map<String, SearchSpec.Space> spaces = new TreeMap<>();
        spaces.put("train.learning_rate", new SearchSpec.LogUniform(between(1e-6, 1e-3), between(1e-2, 1)));
        spaces.put("train.num_train_epochs", new SearchSpec.Whole(random.nextInt(1, 5), random.nextInt(6, 50)));
        spaces.put("model.dropout", new SearchSpec.Uniform(0, between(0.1, 0.9)));
        spaces.put("model.tokenizer", new SearchSpec.Choice(List.of(one(TEXTS), 3L, 0.5, true)));
        return new SearchSpec(
                one(EvaluateSpec.METRICS),
                one(List.of(SearchSpec.Goal.values())),
                one(List.of(SearchSpec.Algorithm.values())),
                SearchSpec.Scheduler.NONE, // asha goes with some models and keys alone
                random.nextInt(1, 1001),
                random.nextBoolean() ? null : between(0.1, 1000),
                random.nextInt(1, 100),
                random.nextInt(2, 11),
                seed(),
                spaces);
    }

    private DataSpec data() {
        boolean fixed = random.nextBoolean();
        double validation = between(0.01, 0.3);
        double test = fixed ? 0 : between(0.01, 0.3);
        List<QualityCheck> checks = new ArrayList<>(List.of(QualityCheck.values()));
        Collections.shuffle(checks, random);
        int cut = random.nextInt(checks.size() + 1);
        return new DataSpec(
                "rows.csv",
                fixed ? "rows.csv" : null,
                one(List.of(DataSpec.Format.AUTO, DataSpec.Format.CSV)),
                one(List.of("auto", "UTF-8", "GB18030")),
                List.of(new InputFeature("question", InputType.TEXT)),
                List.of(new OutputFeature("intent", OutputType.CATEGORY)),
                new QualitySpec(checks.subList(0, cut), checks.subList(cut, checks.size())),
                clean(),
                new SplitSpec(maybe("customer"), 1 - validation - test, validation, test),
                source());
    }

    private SourceSpec source() {
        boolean header = random.nextBoolean();
        return new SourceSpec(
                random.nextBoolean() ? null : one(List.of(',', '\t', ' ', ';', '~')),
                header,
                header ? List.of() : List.of("question", "intent", "customer"),
                one(List.of(List.of(), List.of("?", "NA", "null", "-1", ""))),
                maybe("SELECT *\nFROM data -- all of it"),
                maybe("sha256:" + "0123456789abcdef".repeat(4)),
                maybe("CC-BY-4.0"));
    }

    private List<CleanStep> clean() {
        List<CleanStep> steps = new ArrayList<>(List.of(
                new CleanStep.StripControl(),
                new CleanStep.Nfkc(),
                new CleanStep.CollapseWhitespace(),
                mask(),
                new CleanStep.Dedupe(between(0.5, 1))));
        Collections.shuffle(steps, random);
        return steps.subList(0, random.nextInt(6));
    }

    private CleanStep mask() {
        MaskStyle style = one(List.of(MaskStyle.values()));
        List<PersonalData> kinds = new ArrayList<>(List.of(PersonalData.values()));
        Collections.shuffle(kinds, random);
        String salt = style == MaskStyle.HASH ? "a salt of sixteen or more" : null;
        return new CleanStep.Mask(kinds.subList(0, 1 + random.nextInt(kinds.size())), style, salt);
    }

    private ModelSpec model() {
        if (random.nextBoolean()) {
            boolean frozen = random.nextBoolean();
            return new ModelSpec.Pretrained(
                    frozen ? one(List.of("auto", "bge-small-zh-v1.5", "all-MiniLM-L6-v2")) : "models/bert",
                    random.nextInt(4, 513),
                    frozen ? one(List.of(ModelSpec.Ngrams.values())) : ModelSpec.Ngrams.AUTO,
                    frozen ? ModelSpec.Finetuning.FROZEN : ModelSpec.Finetuning.FREEZE,
                    frozen ? 2 : random.nextInt(1, 9));
        }
        if (random.nextInt(3) == 0) {
            ModelSpec.RecurrentSpec layers = new ModelSpec.RecurrentSpec(
                    new ModelSpec.TokenSpec(ModelSpec.Tokenizer.WORDS, 100, random.nextInt(4, 1025)),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextInt(4, 1025),
                    random.nextInt(4, 1025),
                    random.nextInt(4, 4097),
                    between(0, 0.9));
            return one(List.of(
                    new ModelSpec.Rnn(layers),
                    new ModelSpec.Lstm(layers),
                    new ModelSpec.Gru(layers),
                    new ModelSpec.TextCnn(layers.tokens(), layers.hiddenSize(), List.of(2, 3), 16, 0.5)));
        }
        if (random.nextBoolean()) {
            return new ModelSpec.Ngram(new ModelSpec.NgramSpec(
                    random.nextBoolean() ? null : List.of(1, random.nextInt(1, 9)),
                    List.of(2, random.nextInt(2, 9)),
                    random.nextInt(1, 10),
                    random.nextInt(100, 1_000_001)));
        }
        return new ModelSpec.BiLstm(
                one(List.of(ModelSpec.Tokenizer.values())),
                random.nextInt(100, 200_001),
                random.nextInt(4, 1025),
                random.nextInt(4, 1025),
                random.nextInt(4, 1025),
                random.nextInt(4, 4097),
                between(0, 0.9));
    }

    private TrainSpec train(ModelSpec model) {
        TrainSpec plain = new TrainSpec(
                random.nextInt(1, 10_001),
                random.nextInt(1, 4097),
                between(1e-9, 1),
                between(0, 1),
                between(0, 1000),
                random.nextInt(1, 1001),
                one(List.of(TrainSpec.BestMetric.values())),
                seed(),
                random.nextBoolean() ? null : between(0.001, 1e5));
        return model instanceof ModelSpec.BiLstm && random.nextBoolean() ? looped(plain) : plain;
    }

    private TrainSpec looped(TrainSpec plain) {
        Optimiser.Kind optim = one(List.of(Optimiser.Kind.values()));
        boolean adam = optim == Optimiser.Kind.ADAM || optim == Optimiser.Kind.ADAMW;
        boolean moving = optim == Optimiser.Kind.SGD || optim == Optimiser.Kind.RMSPROP;
        boolean betas = adam || optim == Optimiser.Kind.LION;
        Schedule.Kind curve = one(List.of(Schedule.Kind.values()));
        return new TrainSpec(
                plain.epochs(),
                plain.batchSize(),
                plain.learningRate(),
                plain.weightDecay(),
                plain.maxGradNorm(),
                plain.patience(),
                plain.metricForBest(),
                plain.seed(),
                plain.maxMinutes(),
                new Optimiser(
                        optim,
                        moving ? between(0, 0.99) : null,
                        betas ? between(0.5, 0.99) : 0.9,
                        betas && random.nextBoolean() ? between(0.9, 0.999) : null,
                        adam ? between(1e-9, 1e-6) : 1e-8),
                new Schedule(
                        curve,
                        curve == Schedule.Kind.POLYNOMIAL ? between(0.5, 3) : 1,
                        between(0, 0.9),
                        random.nextInt(1000)),
                new Pace(
                        random.nextInt(1, 64),
                        random.nextBoolean() ? null : random.nextInt(1, 1000),
                        random.nextBoolean() ? null : random.nextInt(1, 1000),
                        random.nextBoolean() ? null : random.nextInt(1, 1000),
                        one(List.of(Pace.Bf16.values())),
                        between(0, 0.999)),
                new Losses(
                        between(0, 0.9),
                        one(List.of(new ClassWeights(Map.of()), new ClassWeights(Map.of("ham", 0.5, "1e-5", 2.0)))),
                        between(0, 5),
                        0),
                new Layers(List.of("embedding.*"), List.of(), between(0.1, 1)));
    }

    private List<Gate> gates() {
        List<Gate> gates = new ArrayList<>();
        for (String metric : EvaluateSpec.METRICS) {
            if (random.nextInt(4) == 0) {
                gates.add(new Gate(metric, one(List.of(Comparison.values())), between(0, 1)));
            }
        }
        return gates;
    }

    private ProductSpec product() {
        Currency currency = Currency.getInstance(one(List.of("CNY", "USD", "JPY")));
        return new ProductSpec(one(TEXTS), money(currency), money(currency));
    }

    private Money money(Currency currency) {
        return new Money(random.nextLong(0, 1_000_000_000_000_001L), currency);
    }

    private long seed() {
        return random.nextLong(0, 1L << 32);
    }

    private double between(double low, double high) {
        return random.nextDouble(low, high);
    }

    private @Nullable String maybe(String text) {
        return random.nextBoolean() ? text : null;
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
