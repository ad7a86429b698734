package dev.sampan.data;

import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.data.NamedTensors.Type;
import dev.sampan.spec.CleanStep;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Features of models that read one text: the input columns, cleaned and joined by one blank. The graph reads
/// `input_ids` and `attention_mask`, (batch, sequence) INT64 each, as Hugging Face's exporters name them.
public sealed interface TextFeatures extends Features permits TokenFeatures, SubwordFeatures {
    /// Token ids, padding is 0.
    String INPUT_IDS = "input_ids";

    /// 1 where a token stands, else 0.
    String ATTENTION_MASK = "attention_mask";

    /// The text steps of `data.clean`, in order.
    List<CleanStep> clean();

    /// Tokens read of one text; the rest is cut off.
    int maxLength();

    /// The cleaned text of one row, inputs joined.
    ///
    /// @throws dev.sampan.kernel.ProblemException `input.missing_column` with the nearest name when one is absent
    String text(Map<String, String> row);

    /// Pieces of a cleaned text in reading order, white space included, so that joined they are the text again;
    /// each is what an explanation may take out (a word, or a character of Chinese).
    List<String> pieces(String cleaned);

    /// Token ids of cleaned texts, padded to the longest.
    TokenBatch tokens(List<String> cleaned);

    @Override
    default List<Declared> tensors() {
        List<Long> any = List.of(-1L, -1L);
        return List.of(new Declared(INPUT_IDS, Type.INT64, any), new Declared(ATTENTION_MASK, Type.INT64, any));
    }

    @Override
    default NamedTensors encode(List<Map<String, String>> rows) {
        TokenBatch batch = tokens(rows.stream().map(this::text).toList());
        Map<String, NamedTensors.Values> tensors = new LinkedHashMap<>();
        tensors.put(INPUT_IDS, new Longs(batch.ids(), batch.rows(), batch.length()));
        tensors.put(ATTENTION_MASK, new Longs(batch.mask(), batch.rows(), batch.length()));
        return new NamedTensors(batch.rows(), tensors);
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
