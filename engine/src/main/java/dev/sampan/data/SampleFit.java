package dev.sampan.data;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Fits one column of what a generator makes.
sealed interface SampleFit {
    /// @param value empty when missing
    void add(String value, String origin);

    SampleColumn fitted();

    /// Quantiles of a [NumberSample].
    final class Numbers implements SampleFit {
        private static final int QUANTILES = 1001;
        private static final int DECIMALS_MAX = 6;
        private static final long SEED = 1;

        private final String name;
        private double[] values = new double[1024];
        private int count;
        private int decimals;
        private boolean gaps;

        Numbers(String name) {
            this.name = name;
        }

        @Override
        public void add(String value, String origin) {
            if (value.isEmpty()) {
                gaps = true;
                return;
            }
            if (count == values.length) {
                values = Arrays.copyOf(values, Math.multiplyExact(count, 2));
            }
            double number = SampleTable.number(name, value, origin);
            values[count++] = number;
            if (decimals <= DECIMALS_MAX) {
                decimals = Math.max(
                        decimals,
                        BigDecimal.valueOf(number).stripTrailingZeros().scale());
            }
        }

        @Override
        public SampleColumn fitted() {
            int kept = decimals > DECIMALS_MAX ? -1 : decimals;
            double half = NumberSample.half(kept);
            double[] spread = Arrays.copyOf(values, count);
            SplittableRandom random = new SplittableRandom(SEED);
            for (int i = 0; i < count; i++) {
                spread[i] += (2 * random.nextDouble() - 1) * half;
            }
            Arrays.sort(spread);
            double[] quantiles = new double[Math.clamp(count, 2, QUANTILES)];
            for (int i = 0; i < quantiles.length && count > 0; i++) {
                quantiles[i] = spread[(int) ((long) i * (count - 1) / (quantiles.length - 1))];
            }
            if (count > 0) {
                double least = Arrays.stream(values, 0, count).min().orElseThrow();
                double most = Arrays.stream(values, 0, count).max().orElseThrow();
                quantiles[0] = least - half;
                quantiles[quantiles.length - 1] = most + half;
            }
            return new NumberSample(name, quantiles, kept, gaps);
        }
    }

    /// Categories of a [WordSample].
    final class Words implements SampleFit {
        private static final int CATEGORIES_MAX = 1000;

        private final String name;
        private final Map<String, Integer> counts = new HashMap<>();

        Words(String name) {
            this.name = name;
        }

        @Override
        public void add(String value, String origin) {
            counts.merge(value, 1, Integer::sum);
            if (counts.size() > CATEGORIES_MAX) {
                throw new ProblemException(Problem.of(
                                "training.too_many_categories",
                                "The column '" + name + "' has more than " + CATEGORIES_MAX
                                        + " different values, so that it names rows rather than kinds of them")
                        .at(origin)
                        .remedy("Leave the column out, or give it the type number"));
            }
        }

        @Override
        public SampleColumn fitted() {
            List<String> byCount = counts.entrySet().stream()
                    .sorted(Comparator.comparingInt((Map.Entry<String, Integer> entry) -> -entry.getValue())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .map(Map.Entry::getKey)
                    .toList();
            return new WordSample(name, byCount);
        }
    }
}
