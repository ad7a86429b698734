package dev.sampan.data.internal.prepare;

import java.util.Arrays;

/// The set of a text's character 3-grams (UTF-16 units), exact: three units fit in one long. A text of one or two
/// units is one gram.
final class Shingles {
    private static final int GRAM = 3;

    private Shingles() {}

    /// Ascending, each once; empty for the empty text.
    static long[] of(String text) {
        int count = Math.max(text.isEmpty() ? 0 : 1, text.length() - GRAM + 1);
        long[] grams = new long[count];
        for (int i = 0; i < count; i++) {
            long gram = 0;
            for (int j = i; j < Math.min(text.length(), i + GRAM); j++) {
                gram = gram << 16 | text.charAt(j);
            }
            grams[i] = gram;
        }
        Arrays.sort(grams);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || grams[i] != grams[i - 1]) {
                grams[distinct++] = grams[i];
            }
        }
        return distinct == count ? grams : Arrays.copyOf(grams, distinct);
    }

    /// |a ∩ b| / |a ∪ b|; two empty sets are equal.
    static double jaccard(long[] a, long[] b) {
        if (a.length == 0 && b.length == 0) {
            return 1;
        }
        int shared = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            if (a[i] == b[j]) {
                shared++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return (double) shared / (a.length + b.length - shared);
    }
}
