package dev.sampan.training.internal;

import dev.sampan.data.NgramFeatures.Grams;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows that a [GramHead] learns from: n-grams, and beside them the sentence vectors of an encoder, times a factor.
///
/// @param grams stores one after another
/// @param vectors of the same rows; null without an encoder
/// @param factor on the vectors: how much they say beside the n-grams, whose norm is about 1
record GramRows(List<GramStore> grams, @Nullable List<VectorStore> vectors, float factor) {
    GramRows {
        grams = List.copyOf(grams);
    }

    int rows() {
        return grams.stream().mapToInt(GramStore::rows).sum();
    }

    int label(int row) {
        for (GramStore store : grams) {
            if (row < store.rows()) {
                return store.label(row);
            }
            row -= store.rows();
        }
        throw new IndexOutOfBoundsException(row);
    }

    Grams grams(int row) {
        for (GramStore store : grams) {
            if (row < store.rows()) {
                return store.grams(row);
            }
            row -= store.rows();
        }
        throw new IndexOutOfBoundsException(row);
    }

    /// Width of a row's vector, 0 without an encoder.
    int dimension() {
        return vectors == null ? 0 : vectors.getFirst().dimension();
    }

    /// Copies the row's vector times the factor.
    void vector(int row, float[] target) {
        if (vectors == null) {
            return;
        }
        for (VectorStore store : vectors) {
            if (row < store.rows()) {
                store.copy(row, row + 1, target);
                for (int i = 0; i < target.length; i++) {
                    target[i] *= factor;
                }
                return;
            }
            row -= store.rows();
        }
        throw new IndexOutOfBoundsException(row);
    }
}
