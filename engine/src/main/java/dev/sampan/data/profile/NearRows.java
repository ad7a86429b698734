package dev.sampan.data.profile;

import dev.sampan.data.Row;
import dev.sampan.data.internal.prepare.NearTexts;
import dev.sampan.data.profile.Profile.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Rows of the sample whose texts are nearly the same as those of another.
final class NearRows {
    private static final double NEAR = 0.9;

    private NearRows() {}

    /// @param texts by row: its text columns joined
    static List<Finding> of(List<Row> rows, List<String> texts) {
        int[] like = NearTexts.find(
                texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList(), NEAR);
        List<String> examples = new ArrayList<>();
        long count = 0;
        for (int row = 0; row < like.length; row++) {
            if (like[row] >= 0) {
                count++;
                if (examples.size() < 5) {
                    examples.add(
                            rows.get(row).origin() + " ≈ " + rows.get(like[row]).origin());
                }
            }
        }
        return count == 0
                ? List.of()
                : List.of(new Finding("near_duplicate_rows", false, count, List.of(String.valueOf(count)), examples));
    }
}
