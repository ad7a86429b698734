package dev.sampan.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchOrderTests {
    @Property(tries = 100)
    void takesEveryRowOnceAndIsAFunctionOfSeedAndEpoch(
            @ForAll @IntRange(min = 1, max = 3000) int count,
            @ForAll @IntRange(min = 1, max = 70) int batchSize,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 50) int epoch) {
        int[] rows = rows(BatchOrder.of(count, BatchOrderTests::length, batchSize, seed, epoch));

        assertThat(rows).containsExactly(rows(BatchOrder.of(count, BatchOrderTests::length, batchSize, seed, epoch)));
        Arrays.sort(rows);
        assertThat(rows).containsExactly(IntStream.range(0, count).toArray());
    }

    @Test
    void changesFromEpochToEpochAndFromSeedToSeed() {
        int[] rows = rows(BatchOrder.of(500, BatchOrderTests::length, 32, 1, 1));

        assertThat(rows).isNotEqualTo(rows(BatchOrder.of(500, BatchOrderTests::length, 32, 1, 2)));
        assertThat(rows).isNotEqualTo(rows(BatchOrder.of(500, BatchOrderTests::length, 32, 2, 1)));
    }

    @Test
    void putsRowsOfLikeLengthTogetherWithoutSortingTheEpoch() {
        BatchOrder order = BatchOrder.of(4096, BatchOrderTests::length, 32, 3, 1);
        long padding = 0;
        long tokens = 0;
        for (int i = 0; i < order.batches(); i++) {
            int[] lengths =
                    Arrays.stream(order.batch(i)).map(BatchOrderTests::length).toArray();
            int longest = Arrays.stream(lengths).max().orElseThrow();
            padding += Arrays.stream(lengths).map(length -> longest - length).sum();
            tokens += Arrays.stream(lengths).sum();
        }
        assertThat((double) padding / tokens).isLessThan(0.05);
        int[] firsts = IntStream.range(0, order.batches())
                .map(i -> length(order.batch(i)[0]))
                .toArray();
        assertThat(Arrays.stream(firsts).sorted().toArray()).isNotEqualTo(firsts);
    }

    private static int length(int row) {
        return 1 + (row * 31 & 63);
    }

    private static int[] rows(BatchOrder order) {
        return IntStream.range(0, order.batches())
                .flatMap(i -> Arrays.stream(order.batch(i)))
                .toArray();
    }
}
