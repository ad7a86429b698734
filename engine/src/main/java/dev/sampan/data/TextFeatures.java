package dev.sampan.data;

import dev.sampan.spec.CleanStep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Features of models that read one text: the input columns, cleaned and joined by one blank.
public sealed interface TextFeatures extends Features permits TokenisedFeatures, NgramFeatures {
    /// Token ids, padding is 0.
    String INPUT_IDS = "input_ids";

    /// 1 where a token stands, else 0.
    String ATTENTION_MASK = "attention_mask";

    /// Where a text is read to its end, however long it is.
    int WHOLE_TEXT = Integer.MAX_VALUE;

    /// The text steps of `data.clean`, in order.
    List<CleanStep> clean();

    /// Tokens read of one text; the rest is cut off. [#WHOLE_TEXT] when nothing is.
    int maxLength();

    /// The cleaned text of one row, inputs joined.
    ///
    /// @throws dev.sampan.kernel.ProblemException `input.missing_column` with the nearest name when one is absent
    String text(Map<String, String> row);

    /// Pieces of a cleaned text in reading order, white space included, so that joined they are the text again;
    /// each is what an explanation may take out (a word, or a character of Chinese).
    default List<String> pieces(String cleaned) {
        return Segmentation.pieces(cleaned);
    }

    @Override
    default long cost(Map<String, String> row) {
        return row.values().stream().mapToLong(String::length).sum();
    }

    /// The first label's name as a text.
    @Override
    default Map<String, String> example() {
        Map<String, String> row = new HashMap<>();
        inputs().forEach(input -> row.put(input, ""));
        row.put(inputs().getFirst(), labels().isEmpty() ? "…" : labels().getFirst());
        return row;
    }
}
