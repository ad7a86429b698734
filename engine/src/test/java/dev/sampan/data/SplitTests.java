package dev.sampan.data;

import static dev.sampan.data.DataFixture.aSpec;
import static dev.sampan.data.DataFixture.all;
import static dev.sampan.data.DataFixture.problem;
import static dev.sampan.data.DataFixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.DataSpec.QualityCheck;
import dev.sampan.spec.SplitSpec;
import dev.sampan.spec.SplitSpec.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How rows become training, validation and test rows.
class SplitTests {
    private Path folder = Path.of("");
    private int made;

    @BeforeEach
    @BeforeProperty
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("split");
    }

    @AfterEach
    @AfterProperty
    void clear() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static SplitSpec split(Type type, @Nullable String column, boolean stratify, int fold) {
        return new SplitSpec(type, column, 0.7, 0.1, 0.2, 42, 5, fold, stratify);
    }

    private static DataFixture aTable(SplitSpec split) {
        return aSpec("data.csv").columns("a:number", "b:number").split(split);
    }

    private Dataset prepare(List<String> rows, SplitSpec split) {
        write(folder, "data.csv", "a,b,group,label\n" + String.join("\n", rows) + "\n");
        return Datasets.prepare(aTable(split).in(folder), folder.resolve("out" + made++), Progress.NONE);
    }

    /// Rows that repeat each other now and then, in groups of different sizes, with labels of different
    /// frequency.
    private static List<String> rows(int seed, int count) {
        Random random = new Random(seed);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean again = i > 0 && random.nextInt(4) == 0;
            String values = again ? rows.get(random.nextInt(i)) : i + "," + random.nextInt(3) + ",";
            String[] parts = values.split(",");
            int label = random.nextInt(10) < 7 ? 0 : random.nextInt(3);
            rows.add(parts[0] + "," + parts[1] + ",g" + random.nextInt(1 + count / 3) + ",x" + label);
        }
        return rows;
    }

    private static List<String> distinct(int seed, int count) {
        Random random = new Random(seed);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(i + "," + random.nextInt(9) + ",g" + i % 30 + ",x"
                    + (random.nextInt(10) < 7 ? 0 : random.nextInt(4)));
        }
        return rows;
    }

    private static Map<String, Set<Split>> sides(Dataset dataset) {
        Map<String, Set<Split>> sides = new HashMap<>();
        for (Split split : Split.values()) {
            for (Row row : all(dataset, split)) {
                sides.computeIfAbsent(String.join(",", row.values().subList(0, 2)), _ -> new HashSet<>())
                        .add(split);
            }
        }
        return sides;
    }

    @Property(tries = 25)
    void duplicatesAndGroupsNeverCross(@ForAll @IntRange(max = 100_000) int seed) {
        List<String> rows = rows(seed, 120);
        for (SplitSpec split : List.of(
                split(Type.RANDOM, null, false, 0),
                split(Type.STRATIFY, null, false, 0),
                split(Type.GROUP, "group", false, 0),
                split(Type.K_FOLD, null, true, 1),
                split(Type.K_FOLD, "group", false, 2))) {
            Dataset dataset;
            try {
                dataset = prepare(rows, split);
            } catch (ProblemException e) {
                // Groups that hang together by repeated rows may all be one.
                assertThat(e.problems().getFirst().code()).isEqualTo("data.too_few_rows");
                continue;
            }
            Map<String, Set<Split>> sides = sides(dataset);
            assertThat(sides.values()).as(split.toString()).allMatch(side -> side.size() == 1);
            if (split.column() != null) {
                Map<String, Set<Split>> groups = new HashMap<>();
                rows.stream()
                        .map(row -> row.split(","))
                        .forEach(parts -> groups.computeIfAbsent(parts[2], _ -> new HashSet<>())
                                .addAll(sides.get(parts[0] + "," + parts[1])));
                assertThat(groups.values()).allMatch(side -> side.size() == 1);
            }
        }
    }

    @Property(tries = 25)
    void stratifiedSharesAreMetWithinOneRowForEveryLabel(@ForAll @IntRange(max = 100_000) int seed) {
        Dataset dataset = prepare(distinct(seed, 150), split(Type.STRATIFY, null, false, 0));

        double[] shares = {0.7, 0.1, 0.2};
        for (String label : dataset.labels()) {
            long count = dataset.quality().labelCounts().getOrDefault(label, 0L);
            for (Split split : Split.values()) {
                long have = all(dataset, split).stream()
                        .filter(row -> row.values().getLast().equals(label))
                        .count();
                assertThat(Math.abs(have - count * shares[split.ordinal()]))
                        .as(label + split)
                        .isLessThan(1 + 1e-9);
            }
        }
    }

    @Property(tries = 15)
    void theOrderOfTheRowsDoesNotMatter(@ForAll @IntRange(max = 100_000) int seed) {
        List<String> rows = distinct(seed, 150);
        List<String> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(seed + 1));
        for (SplitSpec split : List.of(
                split(Type.HASH, null, false, 0),
                split(Type.RANDOM, null, false, 0),
                split(Type.STRATIFY, null, false, 0),
                split(Type.GROUP, "group", false, 0),
                split(Type.K_FOLD, "group", true, 3))) {
            assertThat(sides(prepare(shuffled, split))).as(split.toString()).isEqualTo(sides(prepare(rows, split)));
        }
    }

    @Test
    void theTestRowsOfAllFoldsAreAllRowsOnce() {
        List<String> rows = distinct(3, 103);
        List<String> tested = new ArrayList<>();
        for (int fold = 0; fold < 5; fold++) {
            Dataset dataset = prepare(rows, split(Type.K_FOLD, null, true, fold));
            assertThat(dataset.count(Split.TEST)).isBetween(19L, 23L);
            assertThat(dataset.count(Split.VALIDATION)).isBetween(8L, 13L);
            all(dataset, Split.TEST).forEach(row -> tested.add(row.values().getFirst()));
        }
        assertThat(tested).hasSize(103).doesNotHaveDuplicates();
    }

    @Test
    void aRandomSplitHasExactSharesAndFollowsItsSeed() {
        List<String> rows = distinct(5, 200);
        SplitSpec split = split(Type.RANDOM, null, false, 0);

        Dataset dataset = prepare(rows, split);

        assertThat(dataset.rows()).isEqualTo(Map.of(Split.TRAIN, 140L, Split.VALIDATION, 20L, Split.TEST, 40L));
        SplitSpec other = new SplitSpec(Type.RANDOM, null, 0.7, 0.1, 0.2, 43, 5, 0, false);
        assertThat(prepare(rows, other).version()).isNotEqualTo(dataset.version());
        assertThat(prepare(rows, split).version()).isEqualTo(dataset.version());
    }

    @Test
    void theLatestRowsAreForTestingAndRowsOfOneMomentStayTogether() {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rows.add(i * 37 % 100 + ",1,2024-01-" + String.format("%02d", 1 + (i * 37 % 100) / 5) + ",x" + i % 2);
        }

        Dataset dataset = prepare(rows, split(Type.DATETIME, "group", false, 0));

        assertThat(numbers(dataset, Split.TRAIN)).allMatch(a -> a < 70).hasSize(70);
        assertThat(numbers(dataset, Split.VALIDATION))
                .allMatch(a -> a >= 70 && a < 80)
                .hasSize(10);
        assertThat(numbers(dataset, Split.TEST)).allMatch(a -> a >= 80).hasSize(20);
        assertThat(problem(() -> prepare(List.of("1,2,soon,x"), split(Type.DATETIME, "group", false, 0)))
                        .line())
                .startsWith("data.csv line 2: Column 'group' holds 'soon', which is no date");
    }

    private static List<Integer> numbers(Dataset dataset, Split split) {
        return all(dataset, split).stream()
                .map(row -> Integer.parseInt(row.values().getFirst()))
                .toList();
    }

    @Test
    void aColumnMaySayWhereARowGoes() {
        List<String> rows = List.of("1,1,train,x", "2,1,Test,y", "3,1,valid,x", "4,1,training,y");

        Dataset dataset = prepare(rows, split(Type.FIXED, "group", false, 0));

        assertThat(numbers(dataset, Split.TRAIN)).containsExactly(1, 4);
        assertThat(numbers(dataset, Split.VALIDATION)).containsExactly(3);
        assertThat(numbers(dataset, Split.TEST)).containsExactly(2);
        assertThat(problem(() -> prepare(List.of("1,1,maybe,x"), split(Type.FIXED, "group", false, 0)))
                        .line())
                .isEqualTo("data.csv line 2: Column 'group' holds 'maybe', which names no split."
                        + " Write train, validation or test");
    }

    @Test
    void rowsThatAColumnPutsOnBothSidesAreTold() {
        write(folder, "data.csv", "a,b,group,label\n1,1,train,x\n2,2,train,y\n1,1,test,x\n");

        Dataset dataset = Datasets.prepare(
                aTable(split(Type.FIXED, "group", false, 0))
                        .warnOn(QualityCheck.DUPLICATE_ACROSS_SPLITS)
                        .in(folder),
                folder.resolve("out"),
                Progress.NONE);

        assertThat(dataset.quality().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.examples()).containsExactly("data.csv line 4"));
    }

    @Test
    void groupsMeetTheSharesAsFarAsTheirSizesAllow() {
        String[] rows = new String[400];
        Arrays.setAll(rows, i -> i + ",1,g" + i % 40 + ",x" + i % 2);

        Dataset dataset = prepare(List.of(rows), split(Type.GROUP, "group", false, 0));

        assertThat(dataset.rows()).isEqualTo(Map.of(Split.TRAIN, 280L, Split.VALIDATION, 40L, Split.TEST, 80L));
    }
}
