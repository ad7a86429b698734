package dev.sampan.explanation;

import dev.sampan.data.ColumnFeatures;
import dev.sampan.explanation.Explanation.TokenWeight;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A row of columns. A column that is taken out takes its typical value, the median or the most frequent category of
/// the
/// training rows: an answer is explained by what sets the row apart from a usual one.
///
/// @param columns names, in the order of the weights
record Cells(List<String> columns, Map<String, String> row, Map<String, String> typical) implements Parts {
    static Cells of(ColumnFeatures features, Map<String, String> input) {
        features.encode(List.of(input)); // a column that is missing is told here, by its name
        return new Cells(features.inputs(), Map.copyOf(input), features.example());
    }

    @Override
    public int units() {
        return columns.size();
    }

    @Override
    public String whole() {
        return String.join("\n", columns.stream().map(this::shown).toList());
    }

    @Override
    public Map<String, String> input(BitSet kept, List<String> inputs) {
        Map<String, String> input = new HashMap<>(row);
        for (int i = 0; i < columns.size(); i++) {
            if (!kept.get(i)) {
                input.put(columns.get(i), typical.getOrDefault(columns.get(i), ""));
            }
        }
        return input;
    }

    @Override
    public List<TokenWeight> weighted(double[] weights) {
        List<TokenWeight> tokens = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            tokens.add(new TokenWeight(shown(columns.get(i)), weights[i]));
        }
        return tokens;
    }

    /// `age=39`
    private String shown(String column) {
        return column + "=" + row.getOrDefault(column, "");
    }
}
