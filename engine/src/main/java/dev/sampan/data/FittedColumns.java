package dev.sampan.data;

import java.util.List;
import java.util.Map;

/// Fitted features with what learning needs beside them. A column that looks at the answers ([TargetColumn]) would tell
/// a training row its own; so each training row is encoded by features that were fitted without its fold.
///
/// @param features what travels in the package, and encodes every row that is not learnt from
/// @param outOfFold one for each fold; empty where no column looks at the answers
/// @param notes what people should know: gaps, rare categories
public record FittedColumns(ColumnFeatures features, List<ColumnFeatures> outOfFold, List<String> notes) {
    public FittedColumns {
        outOfFold = List.copyOf(outOfFold);
        notes = List.copyOf(notes);
    }

    /// One training row as it is learnt from.
    ///
    /// @param row its number in the data set's order, from 0
    public NamedTensors learnt(long row, Map<String, String> values) {
        return (outOfFold.isEmpty() ? features : outOfFold.get(fold(row))).encode(List.of(values));
    }

    /// The fold of a training row: a function of its number alone (the finaliser of MurmurHash3, so that neighbours
    /// part).
    static int fold(long row) {
        long mixed = row * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return (int) Long.remainderUnsigned(mixed ^ mixed >>> 33, ColumnFitting.FOLDS);
    }
}
