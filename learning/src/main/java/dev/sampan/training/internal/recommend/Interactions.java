package dev.sampan.training.internal.recommend;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who had to do with what, each pair once.
///
/// @param byUser for each user the numbers of its things, ascending
public record Interactions(List<String> users, List<String> items, int[][] byUser) {
    /// Arrays of things on things and of users on things are held in memory.
    static final int ITEMS_MAX = 200_000;

    /// Names by number, numbers by name.
    private static final class Names {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> names = new ArrayList<>();

        int of(String name) {
            Integer known = numbers.putIfAbsent(name, names.size());
            if (known == null) {
                names.add(name);
                return names.size() - 1;
            }
            return known;
        }
    }

    private static final class Growing {
        private int[] values = new int[8];
        private int size;

        void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        int[] distinct() {
            return Arrays.stream(values, 0, size).sorted().distinct().toArray();
        }
    }

    /// The rows of some splits.
    ///
    /// @param user number of the column that names users
    /// @param item number of the column that names things
    static Interactions of(Dataset dataset, List<Split> splits, int user, int item) {
        Names users = new Names();
        Names items = new Names();
        List<Growing> histories = new ArrayList<>();
        for (Split split : splits) {
            try (RowReader rows = Datasets.rows(dataset, split)) {
                for (Row row = rows.next(); row != null; row = rows.next()) {
                    int who = users.of(row.values().get(user));
                    if (who == histories.size()) {
                        histories.add(new Growing());
                    }
                    histories.get(who).add(items.of(row.values().get(item)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (items.names.size() > ITEMS_MAX) {
            throw new ProblemException(Problem.of(
                            "training.too_many_items",
                            "There are " + items.names.size() + " different things, and a recommender takes at most "
                                    + ITEMS_MAX)
                    .remedy("Is model.item_column the column of things?"));
        }
        return new Interactions(
                users.names,
                items.names,
                histories.stream().map(Growing::distinct).toArray(int[][]::new));
    }

    /// For each thing the number of its users.
    float[] counts() {
        float[] counts = new float[items.size()];
        for (int[] history : byUser) {
            for (int item : history) {
                counts[item]++;
            }
        }
        return counts;
    }

    /// For each thing its users, ascending.
    int[][] byItem() {
        float[] counts = counts();
        int[][] byItem = new int[items.size()][];
        Arrays.setAll(byItem, item -> new int[(int) counts[item]]);
        int[] filled = new int[items.size()];
        for (int user = 0; user < byUser.length; user++) {
            for (int item : byUser[user]) {
                byItem[item][filled[item]++] = user;
            }
        }
        return byItem;
    }

    /// XᵀX: how many users two things share, (items, items) in row order.
    float[] shared() {
        int n = items.size();
        float[] shared = new float[Math.multiplyExact(n, n)];
        for (int[] history : byUser) {
            for (int a : history) {
                for (int b : history) {
                    shared[a * n + b]++;
                }
            }
        }
        return shared;
    }
}
