package dev.sampan.spec.internal;

import dev.sampan.kernel.Nearest;
import dev.sampan.spec.EvaluateSpec;
import dev.sampan.spec.SearchSpec;
import dev.sampan.spec.SearchSpec.Algorithm;
import dev.sampan.spec.SearchSpec.Choice;
import dev.sampan.spec.SearchSpec.Goal;
import dev.sampan.spec.SearchSpec.LogUniform;
import dev.sampan.spec.SearchSpec.Scheduler;
import dev.sampan.spec.SearchSpec.Space;
import dev.sampan.spec.SearchSpec.Uniform;
import dev.sampan.spec.SearchSpec.Whole;
import dev.sampan.spec.Task;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The keys of block `search`.
final class SearchTable {
    /// Stands for the metric until the task is known, which is read beside it.
    private static final String OF_THE_TASK = "";

    private static final double LARGEST = 1e12;

    private static final Field<SearchSpec, String> METRIC = Field.derived(
            "metric",
            TextTypes.word(EvaluateSpec.METRICS),
            "Metric of the validation rows that trials are compared by; default: the task's, such as f1_macro of"
                    + " categories and rmse of numbers",
            SearchSpec::metric);
    private static final Field<SearchSpec, Goal> GOAL = Field.derived(
            "goal",
            TextTypes.choice(Goal.class),
            "Which values of the metric are better; default: as the metric means it",
            SearchSpec::goal);
    private static final Field<SearchSpec, Algorithm> ALGORITHM = Field.of(
            "algorithm",
            TextTypes.choice(Algorithm.class, "grid", "gp", "cma_es", "pbt", "bayes"),
            Algorithm.TPE,
            "How the next trial is chosen",
            SearchSpec::algorithm);
    private static final Field<SearchSpec, Scheduler> SCHEDULER = Field.of(
            "scheduler",
            TextTypes.choice(Scheduler.class, "hyperband", "median", "pbt"),
            Scheduler.NONE,
            "Who decides how long a trial may go on; asha gives trials few epochs first and the best ones more",
            SearchSpec::scheduler);
    private static final Field<SearchSpec, Integer> SAMPLES =
            Field.of("num_samples", NumberTypes.whole(1, 1000), 20, "Trials at the most", SearchSpec::samples);
    private static final Field<SearchSpec, Double> MAX_MINUTES = Field.nullable(
            "max_minutes",
            NumberTypes.number(Range.above(0, 100_000)),
            "Wall-clock budget of all trials together; the best so far is kept; null for none",
            SearchSpec::maxMinutes);
    private static final Field<SearchSpec, Integer> MIN_EPOCHS = Field.of(
            "min_epochs",
            NumberTypes.whole(1, 10_000),
            1,
            "Epochs a trial gets before asha looks at it first",
            SearchSpec::minEpochs);
    private static final Field<SearchSpec, Integer> REDUCTION = Field.of(
            "reduction_factor",
            NumberTypes.whole(2, 10),
            4,
            "One of so many trials goes on, with so many times the epochs",
            SearchSpec::reduction);
    private static final Field<SearchSpec, Long> SEED =
            Field.of("seed", NumberTypes.seed(), 42L, "Seed of the choice of trials", SearchSpec::seed);
    private static final Field<SearchSpec, Map<String, Space>> PARAMETERS = Field.required(
            "parameters",
            new Spaces(),
            "What is varied: the path of a key, such as train.learning_rate, with its space",
            SearchSpec::parameters);

    static final Block<SearchSpec> SEARCH = new Block<>(
            List.of(METRIC, GOAL, ALGORITHM, SCHEDULER, SAMPLES, MAX_MINUTES, MIN_EPOCHS, REDUCTION, SEED, PARAMETERS),
            Set.of("max_concurrent", "executor", "storage"),
            v -> new SearchSpec(
                    v.find(METRIC, OF_THE_TASK),
                    v.find(GOAL, SearchSpec.goal(v.find(METRIC, OF_THE_TASK))),
                    v.get(ALGORITHM),
                    v.get(SCHEDULER),
                    v.get(SAMPLES),
                    v.find(MAX_MINUTES),
                    v.get(MIN_EPOCHS),
                    v.get(REDUCTION),
                    v.get(SEED),
                    v.get(PARAMETERS)));

    private SearchTable() {}

    /// With the task's metric where none is written.
    static @Nullable SearchSpec settled(Values whole, @Nullable SearchSpec search, Task task) {
        if (search == null || !search.metric().equals(OF_THE_TASK)) {
            return search;
        }
        String metric = SearchSpec.mainMetric(task);
        return search.by(metric, whole.wrote("search.goal") ? search.goal() : SearchSpec.goal(metric));
    }

    /// `{train.learning_rate: {space: loguniform, lower: 1e-5, upper: 1e-3}}`.
    private record Spaces() implements Type<Map<String, Space>> {
        private static final Block<Written> SPACE = space();

        @Override
        public @Nullable Map<String, Space> read(Spot spot) {
            if (!(spot.node() instanceof Tree.Branch branch) || branch.entries().isEmpty()) {
                spot.wrongType(
                        "keys with their spaces",
                        "Write {train.learning_rate: {space: loguniform, lower: 1e-5, upper: 1e-3}}");
                return null;
            }
            Map<String, Space> spaces = new TreeMap<>();
            for (Tree.Entry entry : branch.entries()) {
                if (!known(spot, entry)) {
                    continue;
                }
                Spot place = spot.child(entry.key(), entry.value());
                Written written = SPACE.read(place);
                Space space = written == null ? null : written.space(place);
                if (space != null) {
                    spaces.put(entry.key(), space);
                }
            }
            return spaces.size() == branch.entries().size() ? spaces : null;
        }

        private static boolean known(Spot spot, Tree.Entry entry) {
            List<String> paths = SpecTable.paths().stream()
                    .filter(path -> path.startsWith("train.") || path.startsWith("model."))
                    .toList();
            if (paths.contains(entry.key())) {
                return true;
            }
            String near = Nearest.of(entry.key(), paths);
            spot.reading()
                    .problem(
                            entry.place(),
                            "spec.unknown_key",
                            Scalars.quoted(entry.key()) + " is no key of the blocks train and model",
                            near == null
                                    ? "Write its whole path, such as train.learning_rate"
                                    : "Did you mean '" + near + "'?");
            return false;
        }

        @Override
        public Object write(Map<String, Space> value) {
            Map<String, Object> map = new LinkedHashMap<>();
            value.forEach((path, space) -> map.put(path, SPACE.write(Written.of(space))));
            return map;
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("type", "object", "minProperties", 1, "additionalProperties", SPACE.schema());
        }

        private static Block<Written> space() {
            Field<Written, String> kind = Field.required(
                    "space",
                    TextTypes.word(List.of("uniform", "loguniform", "int", "choice"), "normal", "lognormal", "grid"),
                    "How values are drawn",
                    Written::kind);
            Field<Written, Double> lower = Field.nullable(
                    "lower", NumberTypes.number(Range.closed(-LARGEST, LARGEST)), "Least value", Written::lower);
            Field<Written, Double> upper = Field.nullable(
                    "upper", NumberTypes.number(Range.closed(-LARGEST, LARGEST)), "Greatest value", Written::upper);
            Field<Written, List<Object>> values = Field.of(
                    "values",
                    new ListType<>(new Anything(), "values", 0, 100),
                    List.of(),
                    "Of a choice",
                    Written::values);
            return new Block<>(
                    List.of(kind, lower, upper, values),
                    Set.of("step", "q"),
                    v -> new Written(v.get(kind), v.find(lower), v.find(upper), v.get(values)));
        }
    }

    /// A space as its keys say it.
    private record Written(
            String kind, @Nullable Double lower, @Nullable Double upper, List<Object> values) {
        static Written of(Space space) {
            return switch (space) {
                case Uniform(double lower, double upper) -> new Written("uniform", lower, upper, List.of());
                case LogUniform(double lower, double upper) -> new Written("loguniform", lower, upper, List.of());
                case Whole(int lower, int upper) -> new Written("int", (double) lower, (double) upper, List.of());
                case Choice(List<Object> values) -> new Written("choice", null, null, values);
            };
        }

        @Nullable
        Space space(Spot spot) {
            if (kind.equals("choice")) {
                return values.isEmpty() || lower != null || upper != null
                        ? refused(spot, "names its values and nothing else", "{space: choice, values: [16, 32]}")
                        : new Choice(values);
            }
            if (lower == null || upper == null || lower >= upper || !values.isEmpty()) {
                return refused(spot, "needs lower below upper", "{space: " + kind + ", lower: 1, upper: 10}");
            }
            if (kind.equals("uniform")) {
                return new Uniform(lower, upper);
            }
            if (kind.equals("loguniform")) {
                return lower > 0
                        ? new LogUniform(lower, upper)
                        : refused(spot, "needs lower above 0", "{space: loguniform, lower: 1e-5, upper: 1e-3}");
            }
            return lower == Math.rint(lower) && upper == Math.rint(upper) && Math.abs(upper) < Integer.MAX_VALUE
                    ? new Whole(lower.intValue(), upper.intValue())
                    : refused(spot, "needs whole bounds", "{space: int, lower: 1, upper: 10}");
        }

        private @Nullable Space refused(Spot spot, String wanted, String example) {
            spot.problem(
                    Spot.OUT_OF_RANGE, spot.name() + ": a space of kind " + kind + " " + wanted, "Write " + example);
            return null;
        }
    }

    /// A text, a number or a truth value.
    private record Anything() implements Type<Object> {
        @Override
        public @Nullable Object read(Spot spot) {
            if (!(spot.node() instanceof Tree.Leaf leaf) || leaf.isNull() || Scalars.isEndless(leaf.text())) {
                spot.wrongType("a text, a number, true or false", null);
                return null;
            }
            if (!leaf.plain()) {
                return leaf.text();
            }
            if (Scalars.isBool(leaf.text())) {
                return leaf.text().equalsIgnoreCase("true");
            }
            BigDecimal whole = Scalars.whole(leaf.text());
            if (whole != null) {
                return whole.longValue();
            }
            BigDecimal number = Scalars.number(leaf.text());
            return number == null ? leaf.text() : (Object) number.doubleValue();
        }

        @Override
        public Object write(Object value) {
            return value;
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("type", List.of("string", "number", "boolean"));
        }
    }
}
