package dev.sampan.data.internal.prepare;

import dev.sampan.data.Decimals;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.InputType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What one input column looks like, in bounded memory.
final class ColumnWatch {
    private static final int SKETCH = 1024;
    private static final int VALUES_MAX = 1000;
    private static final int ROWS_PER_VALUE_MIN = 10;
    private static final int ROWS_MIN = 20;
    private static final int ID_LENGTH_MAX = 64;

    private final String name;
    private final InputType type;
    private final Pearson withTarget = new Pearson();
    private long present;
    private long missing;
    private long idLike;
    private final List<String> missingExamples = new ArrayList<>();
    /// The smallest hashes seen: k of them, the greatest at h, tell of (k − 1) / h different values (Bar-Yossef
    /// 2002).
    private final TreeSet<Long> smallest = new TreeSet<>();

    /// Values met lately by their hashes: few columns have many, and nothing new is learnt of those.
    private final long[] recent = new long[SKETCH];

    private final boolean[] recentIdLike = new boolean[SKETCH];

    /// Hashes from here on are not among the smallest.
    private long bound = Long.MAX_VALUE;

    /// Label by hash of the value while the values are few and each has one label; then null.
    private @Nullable Map<Long, Integer> determined = new HashMap<>();

    /// Whether every value so far was one more than the value before it.
    private boolean counting = true;

    private double previous = Double.NaN;

    ColumnWatch(InputFeature feature) {
        this.name = feature.name();
        this.type = feature.type();
    }

    /// @param label number of the category; −1 where the answer is none
    /// @param target the number answered; NaN where the answer is none
    void observe(String value, int label, double target, Supplier<String> origin) {
        if (value.isBlank()) {
            missing++;
            if (missingExamples.size() < Quality.EXAMPLES_MAX) {
                missingExamples.add(origin.get());
            }
            return;
        }
        present++;
        long hash = hash(value) & Long.MAX_VALUE;
        int slot = (int) hash & (SKETCH - 1);
        boolean known = recent[slot] == hash;
        if (!known) {
            recent[slot] = hash;
            recentIdLike[slot] = type != InputType.NUMBER && isIdLike(value);
            sketch(hash);
        }
        if (type == InputType.NUMBER) {
            observeNumber(value, target);
        } else {
            idLike += recentIdLike[slot] ? 1 : 0;
        }
        if (determined != null && label >= 0) {
            Integer before = determined.putIfAbsent(hash, label);
            if ((before != null && before != label) || determined.size() > VALUES_MAX) {
                determined = null;
            }
        }
    }

    private void sketch(long hash) {
        if (hash < bound && smallest.add(hash) && smallest.size() >= SKETCH) {
            if (smallest.size() > SKETCH) {
                smallest.pollLast();
            }
            bound = smallest.last();
        }
    }

    private void observeNumber(String value, double target) {
        double number = Decimals.value(value);
        counting &= present == 1 ? number == Math.rint(number) : number == previous + 1;
        previous = number;
        withTarget.add(number, target);
    }

    String name() {
        return name;
    }

    /// |r| of at least 0.99 with the number to be answered.
    boolean givesNumberAway() {
        return present >= ROWS_MIN && Math.abs(withTarget.r()) >= 0.99;
    }

    long present() {
        return present;
    }

    long missing() {
        return missing;
    }

    List<String> missingExamples() {
        return missingExamples;
    }

    /// Nearly every value is another one, and each is a single run of letters and digits with a digit in it. A
    /// number is an identity only where it counts the rows; days and pictures may well all differ.
    boolean isId() {
        return switch (type) {
            case TEXT, CATEGORY -> present >= ROWS_MIN && idLike >= present * 0.95 && different() >= present * 0.9;
            case NUMBER -> present >= ROWS_MIN && counting;
            case DATE, IMAGE -> false;
        };
    }

    /// Few values, each standing for one label and each label for one value.
    boolean givesLabelAway() {
        return determined != null
                && determined.size() > 1
                && present >= (long) ROWS_PER_VALUE_MIN * determined.size()
                && new HashSet<>(determined.values()).size() == determined.size();
    }

    private double different() {
        return smallest.size() < SKETCH ? smallest.size() : (SKETCH - 1) / (smallest.last() / (double) Long.MAX_VALUE);
    }

    private static boolean isIdLike(String value) {
        boolean digit = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            digit |= c >= '0' && c <= '9';
            if (!letter && !(c >= '0' && c <= '9') && "-_:#".indexOf(c) < 0) {
                return false;
            }
        }
        return digit && value.length() <= ID_LENGTH_MAX;
    }

    /// FNV-1a over the UTF-16 units, then mixed so that the smallest are a fair sample.
    private static long hash(String value) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * 0x100000001B3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0x9E3779B97F4A7C15L;
        return hash ^ (hash >>> 29);
    }
}
