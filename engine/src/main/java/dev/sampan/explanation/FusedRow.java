package dev.sampan.explanation;

import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.FusedPart;
import dev.sampan.explanation.Explanation.TokenWeight;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A row of a fused model. A text or picture that is taken out is left empty, so that the model answers without it; the
/// columns of the table take their typical values.
record FusedRow(List<FusedPart> parts, Map<String, String> row, Map<String, String> typical) implements Parts {
    static FusedRow of(ColumnFeatures features, Map<String, String> input) {
        features.encode(List.of(input)); // a column that is missing is told here, by its name
        return new FusedRow(FusedPart.of(features), Map.copyOf(input), features.example());
    }

    /// What the model itself says of its parts: nothing is left to chance or to a model of the model.
    Attribution shares(Runtime runtime) {
        double[] shares = runtime.predict(List.of(row)).getFirst().shares().stream()
                .mapToDouble(Prediction.Share::share)
                .toArray();
        return new Attribution("shares", shares, 1, 1);
    }

    @Override
    public int units() {
        return parts.size();
    }

    @Override
    public String whole() {
        return String.join(
                "\n",
                parts.stream()
                        .flatMap(part -> part.columns().stream())
                        .map(column -> column + "=" + row.getOrDefault(column, ""))
                        .toList());
    }

    @Override
    public Map<String, String> input(BitSet kept, List<String> inputs) {
        Map<String, String> input = new HashMap<>(row);
        for (int i = 0; i < parts.size(); i++) {
            if (!kept.get(i)) {
                boolean table = parts.get(i).kind() == FusedPart.Kind.TABLE;
                for (String column : parts.get(i).columns()) {
                    input.put(column, table ? typical.getOrDefault(column, "") : "");
                }
            }
        }
        return input;
    }

    @Override
    public List<TokenWeight> weighted(double[] weights) {
        List<TokenWeight> tokens = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            if (i > 0) {
                tokens.add(new TokenWeight(" ", 0)); // names are no letters of one word
            }
            tokens.add(new TokenWeight(parts.get(i).name(), weights[i]));
        }
        return tokens;
    }
}
