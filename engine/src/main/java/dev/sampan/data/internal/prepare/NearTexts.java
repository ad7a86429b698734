package dev.sampan.data.internal.prepare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Nearly equal texts among a few thousand in memory, by the same measure that preparation uses on disk.
public final class NearTexts {
    private static final int CANDIDATES_MAX = 8;

    private NearTexts() {}

    /// For each text an earlier one whose 3-grams overlap with its by at least the Jaccard similarity, or −1;
    /// empty texts are like none.
    public static int[] find(List<String> texts, double similarity) {
        MinHash minHash = new MinHash(similarity);
        long[] hashes = new long[minHash.bands()];
        Map<Long, List<Integer>> buckets = new HashMap<>();
        int[] like = new int[texts.size()];
        Arrays.fill(like, -1);
        for (int row = 0; row < like.length; row++) {
            if (texts.get(row).isBlank()) {
                continue;
            }
            long[] shingles = Shingles.of(texts.get(row));
            minHash.hash(shingles, hashes);
            for (long hash : hashes) {
                List<Integer> bucket = buckets.computeIfAbsent(hash, _ -> new ArrayList<>(1));
                for (int i = 0; like[row] < 0 && i < bucket.size(); i++) {
                    if (Shingles.jaccard(Shingles.of(texts.get(bucket.get(i))), shingles) >= similarity) {
                        like[row] = bucket.get(i);
                    }
                }
                if (bucket.size() < CANDIDATES_MAX) {
                    bucket.add(row);
                }
            }
        }
        return like;
    }
}
