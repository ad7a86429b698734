package dev.sampan.spec.internal;

import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.InputType;
import dev.sampan.spec.ImageSpec;
import dev.sampan.spec.Preprocessing;
import dev.sampan.spec.Preprocessing.Bounds;
import dev.sampan.spec.Preprocessing.Categories;
import dev.sampan.spec.Preprocessing.Dates;
import dev.sampan.spec.Preprocessing.Encoding;
import dev.sampan.spec.Preprocessing.Missing;
import dev.sampan.spec.Preprocessing.Normalization;
import dev.sampan.spec.Preprocessing.Numbers;
import dev.sampan.spec.Preprocessing.Part;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The keys of one input column. Which keys `preprocessing` takes depends on the column's `type`.
record ColumnTable(Map<InputType, Block<InputFeature>> byType) implements Type<InputFeature> {
    static final Type<InputFeature> COLUMN = new ColumnTable(columns());

    private static final String TAG = "type";
    private static final double LARGEST = 1e15;
    private static final Set<String> LATER = Set.of("encoder", "tied");

    private static Map<InputType, Block<InputFeature>> columns() {
        Map<InputType, Block<InputFeature>> columns = new LinkedHashMap<>();
        for (InputType type : InputType.values()) {
            columns.put(
                    type,
                    switch (type) {
                        case TEXT -> plain(type);
                        case IMAGE -> column(type, ImageSpec.class, ImageTable.IMAGES);
                        case NUMBER -> column(type, Numbers.class, numbers());
                        case CATEGORY -> column(type, Categories.class, categories());
                        case DATE -> column(type, Dates.class, dates());
                    });
        }
        return columns;
    }

    private static Type<InputType> types() {
        return TextTypes.choice(InputType.class, "binary", "audio", "sequence", "set", "bag", "vector", "timeseries");
    }

    private static Field<InputFeature, String> name() {
        return Field.required(
                "name",
                TextTypes.text(),
                "Column of the data set that the model reads; p* stands for every column that fits, p0..p783 for the"
                        + " numbered ones",
                InputFeature::name);
    }

    private static Field<InputFeature, String> type(InputType type) {
        String tag = type.name().toLowerCase(Locale.ROOT);
        Type<String> word = TextTypes.word(List.of(tag));
        return type == InputType.TEXT
                ? Field.of(TAG, word, tag, "What the column holds", _ -> tag)
                : Field.required(TAG, word, "What the column holds", _ -> tag);
    }

    private static Block<InputFeature> plain(InputType type) {
        Field<InputFeature, String> name = name();
        return new Block<>(
                List.of(name, type(type)),
                Set.of("encoder", "tied", "preprocessing"),
                v -> new InputFeature(v.get(name), type));
    }

    private static <P extends Preprocessing> Block<InputFeature> column(InputType type, Class<P> kind, Block<P> keys) {
        Field<InputFeature, String> name = name();
        Field<InputFeature, P> preprocessing = Field.block(
                "preprocessing", keys, "How its values become numbers", feature -> kind.cast(feature.preprocessing()));
        return new Block<>(
                List.of(name, type(type), preprocessing),
                LATER,
                v -> new InputFeature(v.get(name), type, v.get(preprocessing)));
    }

    private static Block<Numbers> numbers() {
        Field<Numbers, Missing> missing = Field.of(
                "missing",
                TextTypes.choice(Missing.class),
                Missing.AUTO,
                "What takes the place of a missing number; auto keeps it for trees and takes the median for networks",
                Numbers::missing);
        Field<Numbers, Double> fillValue = Field.of(
                "fill_value",
                bound(),
                0.0,
                "What stands for a missing number with 'missing: constant'",
                Numbers::fillValue);
        Field<Numbers, Normalization> normalization = Field.of(
                "normalization",
                TextTypes.choice(Normalization.class),
                Normalization.AUTO,
                "How numbers are scaled; auto leaves them alone for trees and takes zscore for networks",
                Numbers::normalization);
        Field<Numbers, List<Double>> clip = Field.nullable(
                "clip", pair(bound()), "Bounds in the column's own unit; null for none", n -> list(n.clip()));
        Field<Numbers, List<Double>> quantiles = Field.nullable(
                "clip_quantiles",
                pair(NumberTypes.number(Range.closed(0.0, 1.0))),
                "Bounds as shares of the training rows, such as [0.01, 0.99]; null for none",
                n -> list(n.clipQuantiles()));
        return new Block<>(List.of(missing, fillValue, normalization, clip, quantiles), Set.of("outliers"), v -> {
            List<Double> fixed = v.find(clip);
            List<Double> shares = v.find(quantiles);
            if (fixed != null && shares != null) {
                v.problem(
                        "clip_quantiles",
                        Spot.OUT_OF_RANGE,
                        "A column is clipped by 'clip' or by 'clip_quantiles', not by both",
                        "Leave one of them out");
                return null;
            }
            if (upsideDown(v, "clip", fixed) || upsideDown(v, "clip_quantiles", shares)) {
                return null;
            }
            return new Numbers(v.get(missing), v.get(fillValue), v.get(normalization), bounds(fixed), bounds(shares));
        });
    }

    private static Block<Categories> categories() {
        Categories usual = (Categories) Preprocessing.of(InputType.CATEGORY);
        Field<Categories, Encoding> encoding = Field.of(
                "encoding",
                TextTypes.choice(Encoding.class),
                usual.encoding(),
                "What a category becomes; auto takes an index for networks with embeddings, else one_hot, and target"
                        + " beyond " + Encoding.ONE_HOT_MAX + " categories",
                Categories::encoding);
        Field<Categories, Integer> mostCommon = Field.of(
                "most_common",
                NumberTypes.whole(1, 1_000_000),
                usual.mostCommon(),
                "Most frequent categories kept; the rest are one, 'other'",
                Categories::mostCommon);
        Field<Categories, Integer> minCount = Field.of(
                "min_count",
                NumberTypes.whole(1, 1_000_000),
                usual.minCount(),
                "A category seen less often in the training rows is 'other'",
                Categories::minCount);
        Field<Categories, Integer> hashSize = Field.of(
                "hash_size",
                NumberTypes.whole(2, 65_536),
                usual.hashSize(),
                "Buckets of 'encoding: hash'",
                Categories::hashSize);
        Field<Categories, Double> smoothing = Field.of(
                "smoothing",
                NumberTypes.number(Range.closed(0.0, 1e6)),
                usual.smoothing(),
                "Weight of the overall mean in 'encoding: target', in rows",
                Categories::smoothing);
        return new Block<>(
                List.of(encoding, mostCommon, minCount, hashSize, smoothing),
                Set.of("vocabulary"),
                v -> new Categories(
                        v.get(encoding), v.get(mostCommon), v.get(minCount), v.get(hashSize), v.get(smoothing)));
    }

    private static Block<Dates> dates() {
        Dates usual = (Dates) Preprocessing.of(InputType.DATE);
        Field<Dates, String> format = Field.nullable(
                "format",
                TextTypes.text(),
                "Pattern such as dd.MM.yyyy; null reads ISO and other year-first forms, and seconds since 1970",
                Dates::format);
        Field<Dates, List<Part>> parts = Field.of(
                "parts",
                new ListType<>(TextTypes.choice(Part.class), "parts", 1, Part.values().length),
                usual.parts(),
                "What is read off the date",
                Dates::parts);
        Field<Dates, Boolean> cyclic = Field.of(
                "cyclic",
                TextTypes.truth(),
                usual.cyclic(),
                "Months, days, weekdays and hours as sine and cosine",
                Dates::cyclic);
        return new Block<>(List.of(format, parts, cyclic), Set.of("time_zone"), v -> {
            String pattern = v.find(format);
            String wrong = pattern == null ? null : mistake(pattern);
            if (wrong != null) {
                v.problem(
                        "format",
                        Spot.OUT_OF_RANGE,
                        "The pattern '" + pattern + "' cannot be read: " + wrong,
                        "Write for example dd.MM.yyyy or MM/dd/yyyy HH:mm");
                return null;
            }
            return new Dates(pattern, v.get(parts).stream().distinct().toList(), v.get(cyclic));
        });
    }

    private static @Nullable String mistake(String pattern) {
        try {
            DateTimeFormatter.ofPattern(pattern);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static Type<Double> bound() {
        return NumberTypes.number(Range.closed(-LARGEST, LARGEST));
    }

    private static Type<List<Double>> pair(Type<Double> number) {
        return new ListType<>(number, "bounds", 2, 2);
    }

    private static boolean upsideDown(Values values, String key, @Nullable List<Double> pair) {
        boolean wrong = pair != null && pair.get(0) >= pair.get(1);
        if (wrong) {
            values.problem(
                    key,
                    Spot.OUT_OF_RANGE,
                    "The lower bound of " + pair + " is not below the upper one",
                    "Write [low, high]");
        }
        return wrong;
    }

    private static @Nullable Bounds bounds(@Nullable List<Double> pair) {
        return pair == null ? null : new Bounds(pair.get(0), pair.get(1));
    }

    private static @Nullable List<Double> list(@Nullable Bounds bounds) {
        return bounds == null ? null : List.of(bounds.low(), bounds.high());
    }

    @Override
    public @Nullable InputFeature read(Spot spot) {
        InputType type = InputType.TEXT;
        if (spot.node() instanceof Tree.Branch branch && branch.entry(TAG) instanceof Tree.Entry entry) {
            type = types().read(spot.child(TAG, entry.value()));
        }
        return type == null ? null : block(type).read(spot, elsewhere(type));
    }

    private Block<InputFeature> block(InputType type) {
        return Objects.requireNonNull(byType.get(type));
    }

    /// A key of another type of column is no slip of the fingers.
    private Function<String, @Nullable String> elsewhere(InputType type) {
        return key -> Arrays.stream(InputType.values())
                .filter(other -> other != type && block(other).names().contains(key))
                .map(other -> "It belongs to columns of 'type: " + other.name().toLowerCase(Locale.ROOT) + "'")
                .findFirst()
                .orElse(null);
    }

    @Override
    public Object write(InputFeature feature) {
        return block(feature.type()).write(feature);
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("oneOf", byType.values().stream().map(Block::schema).toList());
    }

    @Override
    public void walk(String path, BiConsumer<String, Field<?, ?>> visitor) {
        byType.values().forEach(block -> block.walk(path, visitor));
    }
}
