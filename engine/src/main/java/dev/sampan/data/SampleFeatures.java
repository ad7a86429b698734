package dev.sampan.data;

import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Type;
import dev.sampan.data.NamedTensors.Values;
import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Features of a generator: noise, which follows from the seed that a row names, so that one seed is one sample
/// everywhere. The graph reads [#NOISE], normal numbers; [#CHOICES], Gumbel's noise for each share of a choice,
/// where columns have choices; and [#CONDITION], 1 for the label that a sample is made for and 0 for the
/// others, where samples have labels. A row that names no label is given one, as often as the training rows
/// have it.
///
/// @param latent numbers of noise
/// @param label name of the column that samples are made for; null for none
/// @param conditions its categories
/// @param shares of the training rows, of each category
public record SampleFeatures(
        int latent, @Nullable String label, List<String> conditions, List<Double> shares, Target.Samples target)
        implements Features {
    /// Name of a row's seed, a whole number of 64 bits.
    public static final String SEED = "seed";

    /// (batch, latent) FLOAT.
    public static final String NOISE = "noise";

    /// (batch, choices of all columns) FLOAT.
    public static final String CHOICES = "choices";

    /// (batch, labels) FLOAT.
    public static final String CONDITION = "condition";

    public SampleFeatures {
        conditions = List.copyOf(conditions);
        shares = List.copyOf(shares);
        if (latent < 1 || conditions.size() != shares.size() || (label == null) != conditions.isEmpty()) {
            throw new IllegalArgumentException("latent " + latent + ", label " + label + " " + conditions);
        }
    }

    /// Noise of one sample, always drawn in this order.
    private record Drawn(int condition, float[] noise, float[] choices) {}

    @Override
    public List<String> inputs() {
        return List.of(SEED);
    }

    @Override
    public List<String> optionalInputs() {
        return label == null ? List.of() : List.of(label);
    }

    /// Width of [#CHOICES].
    public int choices() {
        return target.columns().stream().mapToInt(SampleColumn::choices).sum();
    }

    @Override
    public List<Declared> tensors() {
        List<Declared> tensors = new ArrayList<>();
        tensors.add(new Declared(NOISE, Type.FLOAT, List.of(-1L, (long) latent)));
        if (choices() > 0) {
            tensors.add(new Declared(CHOICES, Type.FLOAT, List.of(-1L, (long) choices())));
        }
        if (label != null) {
            tensors.add(new Declared(CONDITION, Type.FLOAT, List.of(-1L, (long) conditions.size())));
        }
        return tensors;
    }

    @Override
    public NamedTensors encode(List<Map<String, String>> rows) {
        int n = rows.size();
        int width = choices();
        float[] noise = new float[Math.multiplyExact(n, latent)];
        float[] gumbel = new float[Math.multiplyExact(n, width)];
        float[] condition = new float[Math.multiplyExact(n, conditions.size())];
        for (int row = 0; row < n; row++) {
            Drawn drawn = drawn(rows.get(row));
            System.arraycopy(drawn.noise, 0, noise, row * latent, latent);
            System.arraycopy(drawn.choices, 0, gumbel, row * width, width);
            if (label != null) {
                condition[row * conditions.size() + drawn.condition] = 1;
            }
        }
        Map<String, Values> tensors = new LinkedHashMap<>();
        tensors.put(NOISE, new Floats(noise, n, latent));
        if (width > 0) {
            tensors.put(CHOICES, new Floats(gumbel, n, width));
        }
        if (label != null) {
            tensors.put(CONDITION, new Floats(condition, n, conditions.size()));
        }
        return new NamedTensors(n, tensors);
    }

    private Drawn drawn(Map<String, String> row) {
        SplittableRandom random = new SplittableRandom(seed(row));
        int condition = condition(row, random.nextDouble());
        float[] noise = new float[latent];
        float[] gumbel = new float[choices()];
        Noise.normal(random, noise);
        Noise.gumbel(random, gumbel);
        return new Drawn(condition, noise, gumbel);
    }

    private static long seed(Map<String, String> row) {
        String seed = row.get(SEED);
        if (seed == null) {
            throw new ProblemException(Nearest.remedy(
                    Problem.of("input.missing_column", "The input has no '" + SEED + "'"), SEED, row.keySet()));
        }
        try {
            return Long.parseLong(seed.strip());
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    Problem.of("input.invalid", "'" + SEED + "' is a whole number, not '" + Shown.of(seed) + "'")
                            .remedy("Write a number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE),
                    e);
        }
    }

    /// @param chance 0 to 1, which decides where the row names none
    private int condition(Map<String, String> row, double chance) {
        String wanted = label == null ? null : row.get(label);
        if (wanted != null) {
            int place = conditions.indexOf(wanted.strip());
            if (place < 0) {
                throw new ProblemException(Nearest.remedy(
                        Problem.of(
                                "input.invalid", "Nothing was learnt for the " + label + " '" + Shown.of(wanted) + "'"),
                        wanted,
                        conditions));
            }
            return place;
        }
        double left = chance;
        for (int i = 0; i < shares.size(); i++) {
            left -= shares.get(i);
            if (left < 0) {
                return i;
            }
        }
        return Math.max(0, shares.size() - 1);
    }

    /// What the graph answered as a row: the label first, where there is one, then the columns.
    ///
    /// @param values (width of the target)
    /// @param row that was asked
    public Map<String, String> decode(float[] values, Map<String, String> row) {
        Map<String, String> made = new LinkedHashMap<>();
        if (label != null) {
            made.put(label, conditions.get(condition(row, new SplittableRandom(seed(row)).nextDouble())));
        }
        int at = 0;
        for (SampleColumn column : target.columns()) {
            made.put(column.name(), column.decode(values, at));
            at += column.width();
        }
        return made;
    }

    @Override
    public Map<String, String> example() {
        return Map.of(SEED, "7");
    }

    @Override
    public void write(Path folder) {
        FeaturesFile.write(this, folder);
    }
}
