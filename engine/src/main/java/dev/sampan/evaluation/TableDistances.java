package dev.sampan.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How far made rows of a table are from real ones, column by column and pair by pair.
final class TableDistances {
    private TableDistances() {}

    /// Kolmogorov and Smirnov's statistic of two samples: the greatest distance of their distribution
    /// functions, 0 to 1.
    static double numbers(double[] real, double[] made) {
        double[] a = real.clone();
        double[] b = made.clone();
        Arrays.sort(a);
        Arrays.sort(b);
        double most = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            double at = Math.min(a[i], b[j]);
            while (i < a.length && a[i] == at) {
                i++;
            }
            while (j < b.length && b[j] == at) {
                j++;
            }
            most = Math.max(most, Math.abs((double) i / a.length - (double) j / b.length));
        }
        return most;
    }

    /// Total variation of two samples of categories: half of Σ |share − share|, 0 to 1.
    static double categories(List<String> real, List<String> made) {
        Map<String, Double> off = new HashMap<>();
        real.forEach(value -> off.merge(value, 1.0 / real.size(), Double::sum));
        made.forEach(value -> off.merge(value, -1.0 / made.size(), Double::sum));
        return off.values().stream().mapToDouble(Math::abs).sum() / 2;
    }

    /// Mean over the pairs of columns of half the distance of their Pearson correlations, 0 to 1; a constant
    /// column correlates with nothing.
    ///
    /// @param real rows of numbers
    static double correlations(double[][] real, double[][] made) {
        double sum = 0;
        int pairs = 0;
        int width = real[0].length;
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < i; j++) {
                sum += Math.abs(correlation(real, i, j) - correlation(made, i, j)) / 2;
                pairs++;
            }
        }
        return pairs == 0 ? 0 : sum / pairs;
    }

    private static double correlation(double[][] rows, int i, int j) {
        Mean x = new Mean();
        Mean y = new Mean();
        for (double[] row : rows) {
            x.add(row[i]);
            y.add(row[j]);
        }
        double both = 0;
        for (double[] row : rows) {
            both += (row[i] - x.value()) * (row[j] - y.value());
        }
        double norm = Math.sqrt(x.spread() * y.spread());
        return norm == 0 ? 0 : both / rows.length / norm;
    }
}
