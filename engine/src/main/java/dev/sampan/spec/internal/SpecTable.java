package dev.sampan.spec.internal;

import dev.sampan.kernel.Money;
import dev.sampan.spec.CompressStep;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.EvaluateSpec;
import dev.sampan.spec.ExplainSpec;
import dev.sampan.spec.ExportFormat;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.ProductSpec;
import dev.sampan.spec.RegisterSpec;
import dev.sampan.spec.SearchSpec;
import dev.sampan.spec.ServeSpec;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Task;
import dev.sampan.spec.TrackSpec;
import dev.sampan.spec.TrainSpec;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys of the whole file and of its short blocks.
final class SpecTable {
    /// Stands in a block's name until the file's name is known, which is read beside it.
    private static final String INHERITED = "";

    private static final Set<String> LATER_BLOCKS =
            Set.of("adapter", "indicators", "augment", "distill", "privacy", "stages", "quality");

    private SpecTable() {}

    /// @param folder where relative paths of the result start
    static Block<Spec> root(Path folder) {
        Field<Spec, Integer> version =
                Field.of("version", NumberTypes.whole(1, 1), 1, "Version of this format", Spec::version);
        Field<Spec, String> name =
                Field.required("name", TextTypes.name(), "Name of the project, as it may stand in a URL", Spec::name);
        Field<Spec, Task> task = Field.required(
                "task",
                TextTypes.choice(Task.class, "tabular_regression", "causal_lm", "embedding", "segmentation"),
                "What the model is asked to do",
                Spec::task);
        Field<Spec, DataSpec> data = Field.required("data", DataTable.DATA, "What is learnt from", Spec::data);
        Field<Spec, ModelSpec> model =
                Field.derived("model", ModelTable.MODEL, "The architecture; default: the task's", Spec::model);
        Field<Spec, TrainSpec> train = Field.block("train", TrainTable.TRAIN, "How it is trained", Spec::train);
        Field<Spec, EvaluateSpec> evaluate =
                Field.block("evaluate", EvaluateTable.EVALUATE, "How good it must be", Spec::evaluate);
        Field<Spec, ExplainSpec> explain =
                Field.block("explain", explain(), "Which answers are explained", Spec::explain);
        Field<Spec, List<CompressStep>> compress = Field.of(
                "compress",
                new ListType<>(compressStep(), "steps", 0, 4),
                List.of(),
                "Steps that make the model smaller",
                Spec::compress);
        Field<Spec, List<ExportFormat>> export = Field.of(
                "export",
                new ListType<>(TextTypes.choice(ExportFormat.class, "gguf", "pt2", "tflite"), "formats", 1, 2),
                List.of(ExportFormat.ONNX, ExportFormat.SAFETENSORS),
                "What the package must hold; this version always writes both",
                Spec::export);
        Field<Spec, RegisterSpec> register =
                Field.block("register", register(), "Where the model stands in the catalog", Spec::register);
        Field<Spec, ServeSpec> serve = Field.block("serve", serve(), "How the model is called", Spec::serve);
        Field<Spec, ProductSpec> product =
                Field.nullable("product", product(), "What a call costs; null: nothing is sold", Spec::product);
        Field<Spec, TrackSpec> track =
                Field.block("track", TrackTable.track(INHERITED), "Where the run stands among others", Spec::track);
        Field<Spec, SearchSpec> search = Field.nullable(
                "search", SearchTable.SEARCH, "Trainings that are tried; null: one is enough", Spec::search);
        return new Block<>(
                List.of(
                        version, name, task, data, model, train, evaluate, explain, compress, export, register, serve,
                        product, track, search),
                LATER_BLOCKS,
                v -> checked(
                        v,
                        new Spec(
                                v.get(version),
                                v.get(name),
                                v.get(task),
                                v.get(data),
                                v.find(model, TaskRules.usual(v.get(task))),
                                FinetuningRules.train(v, v.find(model, TaskRules.usual(v.get(task))), v.get(train)),
                                v.get(evaluate),
                                v.get(explain),
                                v.get(compress),
                                v.get(export),
                                named(v.get(register), v.get(name)),
                                named(v.get(serve), v.get(name)),
                                named(v.find(product), v.get(name)),
                                named(v.get(track), v.get(name)),
                                SearchTable.settled(v, v.find(search), v.get(task)),
                                folder)));
    }

    /// The rules between blocks, each looked at when those before it hold.
    private static @Nullable Spec checked(Values v, Spec spec) {
        Spec possible = TaskRules.checked(v, spec);
        return FinetuningRules.checked(v, SearchRules.checked(v, LoopRules.checked(v, possible)));
    }

    private static RegisterSpec named(RegisterSpec register, String name) {
        return register.name().equals(INHERITED) ? new RegisterSpec(name, register.alias()) : register;
    }

    private static ServeSpec named(ServeSpec serve, String name) {
        return serve.model().equals(INHERITED) ? new ServeSpec(name, serve.maxBatchSize()) : serve;
    }

    private static @Nullable ProductSpec named(@Nullable ProductSpec product, String name) {
        return product != null && product.name().equals(INHERITED)
                ? new ProductSpec(name, product.pricePerCall(), product.trialCredit())
                : product;
    }

    private static TrackSpec named(TrackSpec track, String name) {
        return track.experiment().equals(INHERITED) ? new TrackSpec(name, track.tags()) : track;
    }

    private static Block<ExplainSpec> explain() {
        Field<ExplainSpec, ExplainSpec.Method> method = Field.of(
                "method",
                TextTypes.choice(
                        ExplainSpec.Method.class,
                        "tree_shap",
                        "kernel_shap",
                        "integrated_gradients",
                        "grad_cam",
                        "counterfactual"),
                ExplainSpec.Method.AUTO,
                "How attributions are found; auto takes LIME for text, occlusion for pictures, its own"
                        + " shares for a fused model",
                ExplainSpec::method);
        Field<ExplainSpec, Integer> samples = Field.of(
                "samples",
                NumberTypes.whole(0, 1000),
                8,
                "Answers of the test rows that are explained; 0 for none",
                ExplainSpec::samples);
        Field<ExplainSpec, Long> seed =
                Field.of("seed", NumberTypes.seed(), 42L, "Seed of the perturbations", ExplainSpec::seed);
        return new Block<>(
                List.of(method, samples, seed),
                Set.of("budget_seconds", "background", "stability"),
                v -> new ExplainSpec(v.get(method), v.get(samples), v.get(seed)));
    }

    private static Type<CompressStep> compressStep() {
        Field<CompressStep.Quantize, String> mode = Field.of(
                "mode",
                TextTypes.word(List.of("dynamic"), "static", "qat", "weight_only"),
                "dynamic",
                "INT8 weights; activations are quantised as they come",
                _ -> "dynamic");
        Field<CompressStep.Quantize, Boolean> perChannel = Field.of(
                "per_channel",
                TextTypes.truth(),
                true,
                "One scale for each output channel instead of one for the tensor",
                CompressStep.Quantize::perChannel);
        Field<CompressStep.Quantize, Double> drop = Field.of(
                "max_relative_drop",
                NumberTypes.number(Range.closed(0.0, 1.0)),
                0.01,
                "Share of the held-out macro F1 that may be lost; more fails the step",
                CompressStep.Quantize::maxRelativeDrop);
        Block<CompressStep.Quantize> quantize = new Block<>(
                List.of(mode, perChannel, drop),
                Set.of("calibration_samples", "exclude", "bits"),
                v -> new CompressStep.Quantize(v.get(perChannel), v.get(drop)));
        return new StepType<>(
                List.of(new StepType.Case<>("quantize", CompressStep.Quantize.class, quantize)),
                List.of("prune", "distill"));
    }

    private static Block<RegisterSpec> register() {
        Field<RegisterSpec, String> name = Field.derived(
                "name", TextTypes.name(), "Name on the shelf; default: the file's name", RegisterSpec::name);
        Field<RegisterSpec, String> alias = Field.of(
                "alias", TextTypes.name(), "candidate", "Alias that moves to the new version", RegisterSpec::alias);
        return new Block<>(
                List.of(name, alias),
                Set.of("tags", "license", "visibility"),
                v -> new RegisterSpec(v.find(name, INHERITED), v.get(alias)));
    }

    private static Block<ServeSpec> serve() {
        Field<ServeSpec, String> model = Field.derived(
                "model",
                TextTypes.name(),
                "Public model name, as callers write it; default: the file's name",
                ServeSpec::model);
        Field<ServeSpec, Integer> maxBatchSize = Field.of(
                "max_batch_size",
                NumberTypes.whole(1, 256),
                32,
                "Inputs answered in one run of the graph",
                ServeSpec::maxBatchSize);
        return new Block<>(
                List.of(model, maxBatchSize),
                Set.of("replicas", "canary", "shadow", "warm_up", "batch_timeout_millis"),
                v -> new ServeSpec(v.find(model, INHERITED), v.get(maxBatchSize)));
    }

    private static Block<ProductSpec> product() {
        Field<ProductSpec, String> name = Field.derived(
                "name", TextTypes.text(), "Shown on invoices; default: the file's name", ProductSpec::name);
        Field<ProductSpec, BigDecimal> price = Field.required(
                "price_per_call",
                NumberTypes.amount(),
                "Price of one input answered, exact to nine decimals",
                p -> p.pricePerCall().amount());
        Field<ProductSpec, Currency> currency = Field.of(
                "currency",
                new CurrencyType(),
                Currency.getInstance("CNY"),
                "ISO 4217 code of the amounts",
                p -> p.pricePerCall().currency());
        Field<ProductSpec, BigDecimal> trialCredit = Field.of(
                "trial_credit",
                NumberTypes.amount(),
                BigDecimal.ZERO,
                "Granted once to a new customer",
                p -> p.trialCredit().amount());
        return new Block<>(
                List.of(name, price, currency, trialCredit),
                Set.of("plans", "prices", "coupon", "discounts", "included_units", "trial", "subscription"),
                v -> new ProductSpec(
                        v.find(name, INHERITED),
                        Money.of(v.get(price), v.get(currency)),
                        Money.of(v.get(trialCredit), v.get(currency))));
    }

    /// The other names of keys, each with the name it stands for.
    static Map<String, String> aliases() {
        return Index.ALIASES;
    }

    /// The block a key belongs to when one place knows it, or two: `the block 'train'`, `the top level of the
    /// file`.
    static @Nullable String homeOf(String key) {
        Set<String> homes = Index.HOMES.getOrDefault(key, Set.of());
        return homes.isEmpty() || homes.size() > 2 ? null : String.join(" or ", homes);
    }

    /// Every leaf and block of the file by its whole path, such as `train.learning_rate`.
    static Set<String> paths() {
        return Index.PATHS;
    }

    /// Made once, on the first mistake or override.
    private static final class Index {
        static final Map<String, String> ALIASES = new HashMap<>();
        static final Map<String, Set<String>> HOMES = new HashMap<>();
        static final Set<String> PATHS = new LinkedHashSet<>();

        static {
            root(Path.of("")).walk("", Index::add);
        }

        private static void add(String path, Field<?, ?> field) {
            PATHS.add(path.isEmpty() ? field.name() : path + "." + field.name());
            String home = path.isEmpty() ? "the top level of the file" : "the block '" + path + "'";
            HOMES.computeIfAbsent(field.name(), _ -> new LinkedHashSet<>()).add(home);
            for (String alias : field.aliases()) {
                ALIASES.put(alias, field.name());
                HOMES.computeIfAbsent(alias, _ -> new LinkedHashSet<>()).add(home);
            }
        }
    }
}
