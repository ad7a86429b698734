package dev.sampan.data;

import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.data.NamedTensors.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Features of models that read a text token by token, in order. The graph reads `input_ids` and `attention_mask`,
/// (batch, sequence) INT64 each, as Hugging Face's exporters name them.
public sealed interface TokenisedFeatures extends TextFeatures permits TokenFeatures, SubwordFeatures {
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
}
