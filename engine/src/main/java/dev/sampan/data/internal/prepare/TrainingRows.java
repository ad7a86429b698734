package dev.sampan.data.internal.prepare;

import dev.sampan.data.TextAugmenter;
import dev.sampan.spec.DataSpec.InputType;
import dev.sampan.spec.Spec;
import dev.sampan.spec.TextAugment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What becomes of a training row: how often it is written ([Balance]) and which changed copies stand beside it
/// ([ChangedCopies]).
final class TrainingRows {
    private final Balance balance;
    private final @Nullable ChangedCopies copies;

    TrainingRows(Spec spec, Ingest.Result read, Similarity similarity, Sides sides, Tally tally) {
        balance = new Balance(spec.data().resample(), read.labels(), tally);
        TextAugment text = spec.data().augment().text();
        if (text == null) {
            copies = null;
            return;
        }
        List<Boolean> texts = spec.data().inputFeatures().stream()
                .map(input -> input.type() == InputType.TEXT)
                .toList();
        HeldOutTexts heldOut = new HeldOutTexts(read.rows().size(), sides, similarity.alike(), similarity::shingles);
        copies = new ChangedCopies(text, TextAugmenter.of(text, spec.folder()), heldOut, texts);
    }

    /// How often the next training row is written.
    int times(int label) {
        return balance.times(label);
    }

    /// Changed copies beside one writing of a row.
    List<List<String>> copies(RowStore rows, int row, int time) {
        return copies == null ? List.of() : copies.of(rows.values(row), rows.identity(row), time);
    }

    /// For the report; only what is not 0.
    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        counts.put("repeated", balance.repeated());
        counts.put("left_out", balance.leftOut());
        counts.put("augmented", copies == null ? 0 : copies.made());
        counts.put("augmented_dropped", copies == null ? 0 : copies.dropped());
        counts.values().removeIf(count -> count == 0);
        return counts;
    }
}
