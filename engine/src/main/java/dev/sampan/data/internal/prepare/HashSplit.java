package dev.sampan.data.internal.prepare;

import dev.sampan.data.Split;
import dev.sampan.kernel.Sha256;
import dev.sampan.spec.SplitSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Which split a text belongs to, by its hash alone: the same in every run, file order and data set.
///
/// With d = SHA-256 of the UTF-8 bytes, u = the first 53 bits of d divided by 2^53: training when u <
/// p(training), validation when u < p(training) + p(validation), else test. The second 8 bytes of d name the
/// text among the rows of a data set; by the birthday bound 100 million rows meet by accident with a chance of
/// 3 in 10,000.
final class HashSplit {
    /// Between inputs that are hashed, so that `a` + `bc` is not `ab` + `c`.
    private static final byte UNIT_SEPARATOR = 0x1F;

    private final double train;
    private final double validation;
    private final MessageDigest digest = Sha256.digest();

    /// @param fixedTest when the test rows come from a file of their own: its share falls to the other two
    HashSplit(SplitSpec spec, boolean fixedTest) {
        double all = spec.train() + spec.validation() + (fixedTest ? 0 : spec.test());
        train = spec.train() / all;
        // 1 exactly where no test share is left: a sum that rounds below 1 would let a row through
        validation = fixedTest || spec.test() == 0 ? 1 : (spec.train() + spec.validation()) / all;
    }

    /// @param side hash that decides the split
    /// @param identity hash that names the text
    record Hashes(long side, long identity) {}

    Hashes of(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return hashes();
    }

    /// Of the first values of a row, as if they were one text.
    Hashes of(RowBytes values, int count) {
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                digest.update(UNIT_SEPARATOR);
            }
            digest.update(values.bytes(), values.start(i), values.length(i));
        }
        return hashes();
    }

    private Hashes hashes() {
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
        return new Hashes(bytes.getLong(), bytes.getLong());
    }

    Split split(long side) {
        double u = (side >>> 11) * 0x1.0p-53;
        return u < train ? Split.TRAIN : u < validation ? Split.VALIDATION : Split.TEST;
    }
}
