package dev.sampan.training.loop;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Rows that a network learns from or is judged by: mapped token shards, encoded numbers, images decoded on the fly.
/// Read at random by several threads at once.
public interface Examples {
    int rows();

    /// How much a row weighs in time: tokens of a text. Rows of like length are put into one batch. 1 where all are
    /// alike.
    default int length(int row) {
        return 1;
    }

    /// Some rows, padded to the longest of them.
    ///
    /// @param random for augmentation, which is for rows that are learnt from: a function of the run's seed and the
    ///     place in the run; null when the rows are to be answered as they are
    Batch batch(int[] rows, @Nullable SplittableRandom random);
}
