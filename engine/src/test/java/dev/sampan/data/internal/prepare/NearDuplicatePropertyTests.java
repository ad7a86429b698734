package dev.sampan.data.internal.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.data.Split;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.SplitSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearDuplicatePropertyTests {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz ";

    private static String random(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /// A few characters replaced: similarities on both sides of any threshold.
    private static String changed(Random random, String text, int changes) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = 0; i < changes; i++) {
            changed.setCharAt(random.nextInt(text.length()), ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return changed.toString();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.7, 0.8, 0.9})
    void missesFewPairsAtTheThresholdAndSuspectsFewFarBelow(double threshold) {
        MinHash minHash = new MinHash(threshold);
        Random random = new Random(7);
        int near = 0;
        int missed = 0;
        for (int i = 0; i < 3000; i++) {
            String a = random(random, 60);
            String b = changed(random, a, 1 + random.nextInt(8));
            double similarity = Shingles.jaccard(Shingles.of(a), Shingles.of(b));
            if (similarity >= threshold) {
                near++;
                missed += meet(minHash, a, b) ? 0 : 1;
            }
        }
        assertThat(near).isGreaterThan(100);
        assertThat(missed).isLessThanOrEqualTo(near / 100);
        int suspected = 0;
        for (int i = 0; i < 500; i++) {
            suspected += meet(minHash, random(random, 60), random(random, 60)) ? 1 : 0;
        }
        assertThat(suspected).isLessThan(25);
    }

    private static boolean meet(MinHash minHash, String a, String b) {
        long[] x = new long[minHash.bands()];
        long[] y = new long[minHash.bands()];
        minHash.hash(Shingles.of(a), x);
        minHash.hash(Shingles.of(b), y);
        for (int i = 0; i < x.length; i++) {
            if (x[i] == y[i]) {
                return true;
            }
        }
        return false;
    }

    @Property(tries = 12)
    void everyDroppedRowIsSimilarToAKeptOneAndKeptOnesStayTogether(@ForAll @IntRange(max = 1_000_000) int seed)
            throws IOException {
        Path folder = Files.createTempDirectory("near");
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        HashSplit split = new HashSplit(new SplitSpec(null, 0.5, 0.3, 0.2), false);
        RowBytes values = new RowBytes(2);
        try (RowStore.Writer writer = new RowStore.Writer(folder, List.of(), 1)) {
            for (int i = 0; i < 300; i++) {
                boolean fresh = texts.isEmpty() || random.nextInt(3) == 0;
                texts.add(
                        fresh
                                ? random(random, 80)
                                : changed(random, texts.get(random.nextInt(texts.size())), random.nextInt(3)));
                HashSplit.Hashes hashes = split.of(texts.get(i));
                values.clear();
                values.add(texts.get(i));
                values.add("");
                writer.add(new RowStore.Entry(
                        values, random.nextInt(2), hashes.identity(), split.split(hashes.side()), 0, false, 0, i));
            }
            Similarity.Rules rules = new Similarity.Rules(true, 0.9, 0.9, true, false, List.of(true));
            try (RowStore rows = writer.finish();
                    Similarity similarity = Similarity.find(rows, rules, rows::split, folder, Progress.NONE)) {
                check(rows, texts, similarity);
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void check(RowStore rows, List<String> texts, Similarity similarity) {
        for (int j = 0; j < texts.size(); j++) {
            boolean repeats = false;
            for (int i = 0; i < j; i++) {
                double jaccard = Shingles.jaccard(Shingles.of(texts.get(i)), Shingles.of(texts.get(j)));
                repeats |= texts.get(i).equals(texts.get(j))
                        || (similarity.kept(i) && rows.label(i) == rows.label(j) && jaccard >= 0.9);
                if (similarity.kept(i) && similarity.kept(j) && jaccard >= 0.95) {
                    assertThat(similarity.root(i)).isEqualTo(similarity.root(j));
                }
            }
            assertThat(similarity.kept(j) || repeats).as("row %d", j).isTrue();
        }
    }

    @Property
    void aSplitDependsOnTheTextAloneAndSharesAreKept(
            @ForAll @DoubleRange(min = 0.1, max = 0.8) double train, @ForAll @IntRange(max = 100_000) int seed) {
        SplitSpec shares = new SplitSpec(null, train, (1 - train) / 2, (1 - train) / 2);
        HashSplit first = new HashSplit(shares, false);
        HashSplit second = new HashSplit(shares, false);
        int inTrain = 0;
        for (int i = 0; i < 400; i++) {
            Split split = first.split(first.of("text " + seed + i).side());
            assertThat(second.split(second.of("text " + seed + i).side())).isEqualTo(split);
            inTrain += split == Split.TRAIN ? 1 : 0;
        }
        assertThat(inTrain / 400.0).isBetween(train - 0.15, train + 0.15);
    }

    @Test
    void aFixedTestFileLeavesNoRowToTheTestShare() {
        HashSplit split = new HashSplit(new SplitSpec(null, 0.7, 0.1, 0.2), true);

        assertThat(split.split(-1L)).isEqualTo(Split.VALIDATION);
        assertThat(split.split(0L)).isEqualTo(Split.TRAIN);
    }

    @Test
    void theHashOfATextIsWhatItWasAndWillBe() {
        HashSplit split = new HashSplit(new SplitSpec(null, 0.8, 0.1, 0.1), false);

        // SHA-256("abc") = ba7816bf 8f01cfea 414140de 5dae2223 …
        assertThat(split.of("abc")).isEqualTo(new HashSplit.Hashes(0xba7816bf8f01cfeaL, 0x414140de5dae2223L));
        assertThat(split.split(0xba7816bf8f01cfeaL)).isEqualTo(Split.TRAIN);
    }
}
