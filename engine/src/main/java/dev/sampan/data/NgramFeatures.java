package dev.sampan.data;

import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.data.NamedTensors.Type;
import dev.sampan.spec.CleanStep;
import dev.sampan.spec.ModelSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which n-grams a text has, and how much each says of it; beside them, where there is an encoder, its subwords. The
/// graph reads `ngram_ids` INT64 and `ngram_weights` FLOAT, (batch, grams) each, padded with weight 0, and what the
/// subwords make. Ids count through all tables. Equal by value.
public final class NgramFeatures implements TextFeatures {
    /// Ids of a text's n-grams.
    public static final String IDS = "ngram_ids";

    /// Their weights.
    public static final String WEIGHTS = "ngram_weights";

    private final List<String> inputs;
    private final Target.Categories target;
    private final TextCleaner cleaner;
    private final List<NgramTable> tables;
    private final @Nullable SubwordFeatures subwords;

    /// The n-grams of one text.
    ///
    /// @param ids ascending; one id of weight 0 when there are none
    /// @param weights of the same length; of Euclidean norm 1 for each table of which the text has a gram
    public record Grams(int[] ids, float[] weights) {}

    /// @param tables at least one, with at least one gram among them
    /// @param subwords of an encoder that reads the same text, with equal inputs, labels and cleaning
    public NgramFeatures(
            List<String> inputs,
            List<String> labels,
            List<CleanStep> clean,
            List<NgramTable> tables,
            @Nullable SubwordFeatures subwords) {
        this.inputs = List.copyOf(inputs);
        this.target = new Target.Categories(labels);
        this.cleaner = new TextCleaner(clean);
        this.tables = List.copyOf(tables);
        this.subwords = subwords;
        if (size() == 0) {
            throw new IllegalArgumentException("no n-grams in " + tables.size() + " tables");
        }
        if (subwords != null
                && !(subwords.inputs().equals(this.inputs) && subwords.target().equals(target))) {
            throw new IllegalArgumentException("subwords of " + subwords.inputs() + " beside n-grams of " + inputs);
        }
    }

    /// Fitted on the training rows of a data set, in one streamed pass.
    ///
    /// @throws dev.sampan.kernel.ProblemException `data.no_ngrams` when no gram occurs in `min_df` rows
    public static NgramFeatures fit(Dataset dataset, List<CleanStep> clean, ModelSpec.NgramSpec spec) {
        return NgramFitting.fit(dataset, clean, spec);
    }

    /// The same n-grams beside an encoder's subwords.
    public NgramFeatures beside(SubwordFeatures encoder) {
        return new NgramFeatures(inputs, target.labels(), cleaner.steps(), tables, encoder);
    }

    /// How many n-grams there are, over all tables.
    public int size() {
        return tables.stream().mapToInt(table -> table.grams().size()).sum();
    }

    public List<NgramTable> tables() {
        return tables;
    }

    public @Nullable SubwordFeatures subwords() {
        return subwords;
    }

    /// The n-grams of a cleaned text.
    public Grams grams(String cleaned) {
        return grams(tables, cleaned);
    }

    static Grams grams(List<NgramTable> tables, String cleaned) {
        int[] ids = new int[16];
        float[] weights = new float[16];
        Collector collector = new Collector(ids, weights);
        int offset = 0;
        for (NgramTable table : tables) {
            int from = offset;
            table.weigh(cleaned, (id, weight) -> collector.add(from + id, weight));
            offset += table.grams().size();
        }
        return collector.grams();
    }

    private static final class Collector {
        private int[] ids;
        private float[] weights;
        private int count;

        Collector(int[] ids, float[] weights) {
            this.ids = ids;
            this.weights = weights;
        }

        void add(int id, float weight) {
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, 2 * count);
                weights = Arrays.copyOf(weights, 2 * count);
            }
            ids[count] = id;
            weights[count++] = weight;
        }

        Grams grams() {
            int length = Math.max(1, count); // one of weight 0: a tensor of no columns is none
            return new Grams(Arrays.copyOf(ids, length), Arrays.copyOf(weights, length));
        }
    }

    @Override
    public List<Declared> tensors() {
        List<Long> any = List.of(-1L, -1L);
        List<Declared> own = List.of(new Declared(IDS, Type.INT64, any), new Declared(WEIGHTS, Type.FLOAT, any));
        return subwords == null
                ? own
                : Stream.concat(own.stream(), subwords.tensors().stream()).toList();
    }

    @Override
    public NamedTensors encode(List<Map<String, String>> rows) {
        List<Grams> found = rows.stream().map(this::text).map(this::grams).toList();
        List<NamedTensors.Values> padded = padded(found);
        Map<String, NamedTensors.Values> tensors = new LinkedHashMap<>();
        tensors.put(IDS, padded.getFirst());
        tensors.put(WEIGHTS, padded.getLast());
        if (subwords != null) {
            tensors.putAll(subwords.encode(rows).tensors());
        }
        return new NamedTensors(rows.size(), tensors);
    }

    /// Ids and weights, (texts, grams of the longest) each.
    public static List<NamedTensors.Values> padded(List<Grams> found) {
        int length = found.stream().mapToInt(grams -> grams.ids().length).max().orElse(0);
        long[] ids = new long[Math.multiplyExact(found.size(), length)];
        float[] weights = new float[ids.length];
        for (int row = 0; row < found.size(); row++) {
            Grams grams = found.get(row);
            for (int k = 0; k < grams.ids().length; k++) {
                ids[row * length + k] = grams.ids()[k];
                weights[row * length + k] = grams.weights()[k];
            }
        }
        return List.of(new Longs(ids, found.size(), length), new Floats(weights, found.size(), length));
    }

    @Override
    public List<String> inputs() {
        return inputs;
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public List<CleanStep> clean() {
        return cleaner.steps();
    }

    /// N-grams are read to the text's end; an encoder beside them reads no further than it does alone.
    @Override
    public int maxLength() {
        return WHOLE_TEXT;
    }

    @Override
    public String text(Map<String, String> row) {
        return Columns.text(inputs, cleaner, row);
    }

    @Override
    public void write(Path folder) {
        FeaturesFile.write(this, folder);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NgramFeatures that
                && inputs.equals(that.inputs)
                && target.equals(that.target)
                && cleaner.equals(that.cleaner)
                && tables.equals(that.tables)
                && Objects.equals(subwords, that.subwords);
    }

    @Override
    public int hashCode() {
        return Objects.hash(inputs, target, cleaner, tables, subwords);
    }

    @Override
    public String toString() {
        return "NgramFeatures[" + size() + " n-grams, " + target.labels().size() + " labels"
                + (subwords == null ? "]" : ", " + subwords + "]");
    }
}
