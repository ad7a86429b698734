package dev.sampan.data.internal.prepare;

import dev.sampan.data.Split;
import dev.sampan.spec.SplitSpec;

/// Two moments that divide the rows: what is not after the first is for training, what is not after the second
/// for validation, the rest for testing. Rows of one moment stay together.
///
/// The moments are found by halving the time between the first and the last row, counting rows each time: 64
/// looks at the file of keys at most, and no sorting.
record TimeCut(long trainingEnd, long validationEnd) {
    static TimeCut of(RowStore rows, SplitSpec spec, boolean fixedTest) {
        long count = 0;
        long last = Long.MIN_VALUE;
        for (int row = 0; row < rows.size(); row++) {
            if (!rows.heldOut(row)) {
                count++;
                last = Math.max(last, rows.key(row));
            }
        }
        double all = spec.train() + spec.validation() + (fixedTest ? 0 : spec.test());
        long training = after(rows, Math.round(count * spec.train() / all), last);
        boolean noTest = fixedTest || spec.test() == 0;
        return new TimeCut(
                training,
                noTest ? last : after(rows, Math.round(count * (spec.train() + spec.validation()) / all), last));
    }

    /// The earliest moment up to which there are at least so many rows.
    private static long after(RowStore rows, long wanted, long last) {
        long low = Long.MAX_VALUE;
        for (int row = 0; row < rows.size(); row++) {
            low = rows.heldOut(row) ? low : Math.min(low, rows.key(row));
        }
        long high = last;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (upTo(rows, middle) >= wanted) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return high;
    }

    private static long upTo(RowStore rows, long moment) {
        long count = 0;
        for (int row = 0; row < rows.size(); row++) {
            count += !rows.heldOut(row) && rows.key(row) <= moment ? 1 : 0;
        }
        return count;
    }

    Split split(long moment) {
        return moment <= trainingEnd ? Split.TRAIN : moment <= validationEnd ? Split.VALIDATION : Split.TEST;
    }
}
