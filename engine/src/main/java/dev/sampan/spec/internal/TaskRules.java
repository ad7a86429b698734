package dev.sampan.spec.internal;

import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.InputType;
import dev.sampan.spec.DataSpec.OutputFeature;
import dev.sampan.spec.DataSpec.OutputType;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Task;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which columns and which architectures each task takes.
final class TaskRules {
    /// @param inputs kinds of column the task reads
    /// @param output kind of column it answers; null when it answers none of the data's columns
    /// @param models cases of [ModelSpec] that can be asked to do it
    /// @param usual what stands when none is written
    private record Rule(
            Set<InputType> inputs,
            @Nullable OutputType output,
            List<Class<? extends ModelSpec>> models,
            ModelSpec usual) {}

    private static final Set<InputType> COLUMNS = EnumSet.of(InputType.NUMBER, InputType.CATEGORY, InputType.DATE);

    /// What answers a column of the data may read all kinds of columns at once, by fusion.
    private static final Set<Task> FUSED = EnumSet.of(
            Task.TEXT_CLASSIFICATION, Task.TABULAR_CLASSIFICATION, Task.IMAGE_CLASSIFICATION, Task.REGRESSION);

    private static final String FUSE =
            "Write model: {type: fusion}, which reads all kinds together; else the task reads ";

    private static final List<Class<? extends ModelSpec>> OVER_COLUMNS =
            List.of(ModelSpec.Xgboost.class, ModelSpec.Mlp.class, ModelSpec.WideDeep.class, ModelSpec.Linear.class);

    private static final Map<Task, Rule> RULES = Map.of(
            Task.TEXT_CLASSIFICATION,
            new Rule(
                    EnumSet.of(InputType.TEXT),
                    OutputType.CATEGORY,
                    List.of(
                            ModelSpec.Pretrained.class,
                            ModelSpec.BiLstm.class,
                            ModelSpec.Ngram.class,
                            ModelSpec.Rnn.class,
                            ModelSpec.Lstm.class,
                            ModelSpec.Gru.class,
                            ModelSpec.TextCnn.class),
                    ModelTable.DEFAULT),
            Task.TOKEN_CLASSIFICATION,
            new Rule(
                    EnumSet.of(InputType.TEXT),
                    OutputType.SEQUENCE,
                    List.of(ModelSpec.BiLstmCrf.class),
                    TaggerTable.DEFAULT),
            Task.TABULAR_CLASSIFICATION,
            new Rule(COLUMNS, OutputType.CATEGORY, OVER_COLUMNS, TabularTable.TREES),
            Task.REGRESSION,
            new Rule(COLUMNS, OutputType.NUMBER, OVER_COLUMNS, TabularTable.TREES),
            Task.ANOMALY,
            new Rule(COLUMNS, null, List.of(ModelSpec.Autoencoder.class), TabularTable.STRANGENESS),
            Task.TIMESERIES,
            new Rule(
                    EnumSet.of(InputType.DATE, InputType.CATEGORY),
                    OutputType.NUMBER,
                    List.of(ModelSpec.Forecaster.class),
                    ForecasterTable.DEFAULT),
            Task.IMAGE_CLASSIFICATION,
            new Rule(
                    EnumSet.of(InputType.IMAGE),
                    OutputType.CATEGORY,
                    List.of(ModelSpec.Cnn.class, ModelSpec.ResNet.class),
                    ImageModelTable.DEFAULT),
            Task.RECOMMEND,
            new Rule(
                    EnumSet.of(InputType.CATEGORY, InputType.NUMBER, InputType.DATE, InputType.TEXT),
                    null,
                    List.of(ModelSpec.Recommender.class),
                    RecommenderTable.DEFAULT),
            Task.IMAGE_GENERATION,
            new Rule(EnumSet.of(InputType.IMAGE), null, List.of(ModelSpec.Gan.class), GanTable.DEFAULT),
            Task.TABLE_GENERATION,
            new Rule(
                    EnumSet.of(InputType.NUMBER, InputType.CATEGORY),
                    null,
                    List.of(ModelSpec.Gan.class),
                    GanTable.DEFAULT));

    private static final List<String> BY_COST = List.of("linear", "ngram", "xgboost", "pretrained", "mlp", "wide_deep");

    private TaskRules() {}

    /// The architecture of a task when none is written.
    static ModelSpec usual(Task task) {
        Rule rule = RULES.get(task);
        return rule == null ? ModelTable.DEFAULT : rule.usual();
    }

    /// What `auto` tries, by its name: what is learnt in seconds first, so that a small budget is not spent on
    /// one architecture alone. Columns of several kinds are read together by fusion and nothing else.
    ///
    /// @param spec whose task has rules, as those of every specification that was read have
    static List<String> architectures(Spec spec) {
        Rule rule = Objects.requireNonNull(RULES.get(spec.task()));
        boolean mixed = spec.data().inputFeatures().stream()
                .anyMatch(input -> !rule.inputs().contains(input.type()));
        List<? extends Class<? extends ModelSpec>> models = mixed ? List.of(ModelSpec.Fusion.class) : rule.models();
        return models.stream()
                .map(ModelTable.MODEL::tag)
                .sorted(Comparator.comparingInt(TaskRules::cost))
                .toList();
    }

    private static int cost(String architecture) {
        int known = BY_COST.indexOf(architecture);
        return known < 0 ? BY_COST.size() : known;
    }

    static @Nullable Spec checked(Values values, Spec spec) {
        Rule rule = RULES.get(spec.task());
        if (rule == null) {
            return refused(
                    values,
                    "task",
                    Spot.NOT_YET,
                    "The task '" + word(spec.task()) + "' is not in this version",
                    "It runs "
                            + RULES.keySet().stream()
                                    .map(TaskRules::word)
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
        List<InputFeature> inputs = spec.data().inputFeatures();
        boolean fusable = FUSED.contains(spec.task());
        boolean fused = fusable && (spec.model() instanceof ModelSpec.Fusion || spec.model() instanceof ModelSpec.Auto);
        for (int i = 0; i < inputs.size() && !fused; i++) {
            if (!rule.inputs().contains(inputs.get(i).type())) {
                return refused(
                        values,
                        "data.input_features." + i + ".type",
                        Spot.OUT_OF_RANGE,
                        "A column of type '" + word(inputs.get(i).type()) + "' cannot be read by the task '"
                                + word(spec.task()) + "'",
                        (fusable ? FUSE : "It reads ")
                                + rule.inputs().stream().map(TaskRules::word).collect(Collectors.joining(", ")));
            }
        }
        List<OutputFeature> outputs = spec.data().outputFeatures();
        if (rule.output() != null && (outputs.isEmpty() || outputs.getFirst().type() != rule.output())) {
            return refused(
                    values,
                    "data.output_features",
                    Spot.OUT_OF_RANGE,
                    "The task '" + word(spec.task()) + "' answers one column of type '" + word(rule.output()) + "'",
                    "Write output_features: [{name: COLUMN, type: " + word(rule.output()) + "}]");
        }
        if (spec.model() instanceof ModelSpec.Gcn graph && spec.task() == Task.TABULAR_CLASSIFICATION) {
            return GraphRules.checked(values, spec, graph);
        }
        if (!(spec.model() instanceof ModelSpec.Auto)
                && !fused
                && rule.models().stream().noneMatch(model -> model.isInstance(spec.model()))) {
            return refused(
                    values,
                    "model.type",
                    Spot.OUT_OF_RANGE,
                    "This architecture cannot be asked for '" + word(spec.task()) + "'",
                    "Leave the block model out, and the task's own default stands");
        }
        return EvaluateTable.checked(values, spec);
    }

    private static @Nullable Spec refused(Values values, String path, String code, String sentence, String remedy) {
        values.problem(path, code, sentence, remedy);
        return null;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
