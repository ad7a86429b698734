package dev.sampan.data;

import static dev.sampan.data.DataFixture.aSpec;
import static dev.sampan.data.DataFixture.problem;
import static dev.sampan.data.DataFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.data.ColumnFitting.Taste;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.InputType;
import dev.sampan.spec.Preprocessing;
import dev.sampan.spec.Preprocessing.Bounds;
import dev.sampan.spec.Preprocessing.Categories;
import dev.sampan.spec.Preprocessing.Dates;
import dev.sampan.spec.Preprocessing.Encoding;
import dev.sampan.spec.Preprocessing.Missing;
import dev.sampan.spec.Preprocessing.Normalization;
import dev.sampan.spec.Preprocessing.Numbers;
import dev.sampan.spec.Preprocessing.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Golden figures are scikit-learn's 1.7.2, of x = [3, 1, nan, 4, 1, 5, 9, 2, 6, 5, 3, 5, nan, 8] and the letters
/// aabbbcdaabb with y = [1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0].
class ColumnFittingTests {
    private static final String[] NUMBERS =
            "3 1 - 4 1 5 9 2 6 5 3 5 - 8".replace("-", "").split(" ", -1);
    private static final String[] LETTERS = "aabbbcdaabb".split("");
    private static final String[] ANSWERS = "10110101100".split("");
    private static final Target YES_OR_NO = new Target.Categories(List.of("0", "1"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "ZSCORE,  -0.549442, -1.373606, -0.137361, 1.098885, -0.755483, -1.785687, 3.159293, 0.274721",
        "MINMAX,   0.25, 0.0, 0.375, 0.75, 0.1875, -0.125, 1.375, 0.5",
        "QUANTILE, 0.318182, 0.0, 0.454545, 0.863636, 0.227273, 0.0, 1.0, 0.636364",
        "NONE,     3, 1, 4, 7, 2.5, 0, 12, 5",
    })
    void numbersAreScaledAsScikitLearnDoes(
            Normalization how, float a, float b, float c, float d, float e, float f, float g, float h) {
        FittedColumn column = fitted(new Numbers(Missing.MEAN, 0, how, null, null), Taste.TREES);
        float[] expected = {a, b, c, d, e, f, g, h};
        String[] asked = {"3", "1", "4", "7", "2.5", "0", "12", "5"};
        for (int i = 0; i < asked.length; i++) {
            assertThat(numbers(column, asked[i])[0]).as(asked[i]).isCloseTo(expected[i], within(1e-6f));
        }
    }

    @ParameterizedTest
    @CsvSource({"MEDIAN,4.5", "MEAN,4.3333335", "MOST_FREQUENT,5", "CONSTANT,-1"})
    void aMissingNumberIsFilledAndSaidToBeMissing(Missing missing, float filled) {
        FittedColumn column = fitted(new Numbers(missing, -1, Normalization.NONE, null, null), Taste.DENSE);
        assertThat(numbers(column, "")).containsExactly(filled, 1);
        assertThat(numbers(column, "7")).containsExactly(7, 0);
    }

    @Test
    void treesReadAGapAsAGapAndNumbersAsTheyStand() {
        FittedColumn column = fitted((Numbers) Preprocessing.of(InputType.NUMBER), Taste.TREES);
        assertThat(numbers(column, "")).containsExactly(Float.NaN);
        assertThat(numbers(column, "7.25")).containsExactly(7.25f);
    }

    @Test
    void numbersAreClippedAtBoundsOrAtShares() {
        FittedColumn bounds =
                fitted(new Numbers(Missing.MEAN, 0, Normalization.NONE, new Bounds(2, 6), null), Taste.TREES);
        assertThat(numbers(bounds, "-100")[0]).isEqualTo(2);
        assertThat(numbers(bounds, "100")[0]).isEqualTo(6);
        FittedColumn shares =
                fitted(new Numbers(Missing.MEAN, 0, Normalization.NONE, null, new Bounds(0.1, 0.9)), Taste.TREES);
        assertThat(numbers(shares, "-100")[0]).isCloseTo(1.1f, within(1e-6f));
        assertThat(numbers(shares, "1e300")[0]).isCloseTo(7.8f, within(1e-6f));
    }

    @Test
    void rareAndUnseenCategoriesAreOneAndAreTold() {
        FittedColumns fitted = letters(new Categories(Encoding.ONE_HOT, 1000, 2, 16, 2), Taste.DENSE);
        FittedColumn column = fitted.features().columns().getFirst();
        assertThat(numbers(column, "b")).containsExactly(1, 0, 0); // the most frequent first
        assertThat(numbers(column, "a")).containsExactly(0, 1, 0);
        assertThat(numbers(column, "c")).containsExactly(0, 0, 1);
        assertThat(numbers(column, "never seen")).containsExactly(0, 0, 1);
        assertThat(fitted.notes())
                .containsExactly("'letter' has 2 rare categories, of 2 training rows, that count as one");
    }

    @Test
    void aNetworkWithEmbeddingsGetsAnIndexBesideTheNumbers() {
        FittedColumns fitted = letters((Categories) Preprocessing.of(InputType.CATEGORY), Taste.EMBEDDED);
        NamedTensors tensors = fitted.features().encode(List.of(Map.of("letter", "a"), Map.of("letter", "?")));
        assertThat(((Longs) Objects.requireNonNull(tensors.tensors().get(ColumnFeatures.CATEGORIES))).values())
                .containsExactly(1, 2);
        assertThat(fitted.features().indexes().getFirst().size()).isEqualTo(3);
    }

    @Test
    void meansOfTheAnswerAreScikitLearns() {
        FittedColumn column = letters(new Categories(Encoding.TARGET, 1000, 1, 16, 2), Taste.DENSE)
                .features()
                .columns()
                .getFirst();
        assertThat(numbers(column, "a")[0]).isCloseTo(0.68181818f, within(1e-6f));
        assertThat(numbers(column, "b")[0]).isCloseTo(0.44155844f, within(1e-6f));
        assertThat(numbers(column, "c")[0]).isCloseTo(0.6969697f, within(1e-6f));
        assertThat(numbers(column, "d")[0]).isCloseTo(0.36363636f, within(1e-6f));
        assertThat(numbers(column, "zz")[0]).isCloseTo(0.54545455f, within(1e-6f));
    }

    @Test
    void aTrainingRowNeverSeesItsOwnAnswer() {
        // every row has a category of its own: in-fold means would be the answers themselves
        StringBuilder csv = new StringBuilder("letter,y\n");
        for (int i = 0; i < 200; i++) {
            csv.append("id").append(i).append(',').append(i % 2).append('\n');
        }
        FittedColumns fitted = fit(csv, column("letter", new Categories(Encoding.TARGET, 1000, 1, 16, 0)), Taste.DENSE);
        assertThat(fitted.outOfFold()).hasSize(ColumnFitting.FOLDS);
        for (int i = 0; i < 200; i++) {
            Map<String, String> row = Map.of("letter", "id" + i);
            assertThat(values(fitted.features().encode(List.of(row)))[0]).isEqualTo(i % 2);
            assertThat(values(fitted.learnt(i, row))[0]).isBetween(0.35f, 0.65f); // the mean of the other folds
        }
    }

    @Test
    void aHashedCategoryHasOneBucketWhetherSeenOrNot() {
        FittedColumn column = letters(new Categories(Encoding.HASH, 1000, 2, 16, 2), Taste.DENSE)
                .features()
                .columns()
                .getFirst();
        for (String value : List.of("a", "b", "never seen", "")) {
            float[] made = numbers(column, value);
            assertThat(made).hasSize(16);
            float sum = 0;
            for (float number : made) {
                sum += number;
            }
            assertThat(sum).isEqualTo(1);
        }
        // FNV-1a of "a" is af63dc4c8601ec8c (the reference vector), folded to its upper half xor its lower
        assertThat(new HashColumn("x", 16, "").bucket("a"))
                .isEqualTo((int) Long.remainderUnsigned(0xaf63dc4c8601ec8cL ^ 0xaf63dc4cL, 16));
    }

    @Test
    void datesBecomeTheirPartsAndGoRound() {
        FittedColumn column = dates(
                "2024-12-31 18:30,2025-01-01,2025-01-02",
                new Dates(null, List.of(Part.ELAPSED, Part.YEAR, Part.MONTH, Part.WEEKDAY, Part.HOUR), true),
                Taste.TREES);
        float[] made = numbers(column, "2025-01-01 06:00:00");
        assertThat(made).hasSize(8);
        assertThat(made[0]).isCloseTo(11.5f / 24, within(1e-6f));
        assertThat(made[1]).isEqualTo(2025);
        assertThat(made[2]).isCloseTo(0, within(1e-6f)); // January starts the circle
        assertThat(made[3]).isCloseTo(1, within(1e-6f));
        assertThat(made[4]).isCloseTo((float) Math.sin(2 * Math.PI * 2 / 7), within(1e-6f)); // a Wednesday
        assertThat(made[6]).isCloseTo(1, within(1e-6f)); // six in the morning
        assertThat(made[7]).isCloseTo(0, within(1e-6f));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29,,2024", "2024/2/29 13:05,,2024", "20240229,,2024", "2024年2月29日,,2024",
        "1709164800,,2024", "1709164800000,,2024", "29.02.2024,dd.MM.yyyy,2024",
                "02/29/2024 13:05,MM/dd/yyyy HH:mm,2024",
    })
    void commonWaysToWriteADateAreRead(String written, String format, float year) {
        FittedColumn column = dates(written, new Dates(format, List.of(Part.YEAR), true), Taste.TREES);
        assertThat(numbers(column, written)).containsExactly(year);
    }

    @Test
    void theSameValueComesBackFromDiskAndEncodesAlike() throws IOException {
        StringBuilder csv = new StringBuilder("age,job,since,y\n");
        for (int i = 0; i < 60; i++) {
            csv.append(i % 7 == 0 ? "NA" : "" + (20 + i))
                    .append(",j")
                    .append(i % 4)
                    .append(",2024-0")
                    .append(1 + i % 9)
                    .append("-11,")
                    .append(i % 2)
                    .append('\n');
        }
        for (Encoding encoding : List.of(Encoding.ONE_HOT, Encoding.ORDINAL, Encoding.INDEX, Encoding.TARGET)) {
            List<InputFeature> columns = List.of(
                    new InputFeature(
                            "age",
                            InputType.NUMBER,
                            new Numbers(Missing.MEDIAN, 0, Normalization.QUANTILE, null, new Bounds(0.05, 0.95))),
                    column("job", new Categories(encoding, 3, 2, 16, 1)),
                    new InputFeature("since", InputType.DATE));
            ColumnFeatures fitted = fit(csv, columns, Taste.EMBEDDED, "NA").features();
            Path written = Files.createTempDirectory(folder, "f");
            fitted.write(written);
            Features read = Features.read(written);
            assertThat(read).isEqualTo(fitted);
            Map<String, String> row = Map.of("age", "NA", "job", "unseen", "since", "2025-05-05T10:00:00Z");
            NamedTensors before = fitted.encode(List.of(row, fitted.example()));
            NamedTensors after = read.encode(List.of(row, fitted.example()));
            assertThat(after.tensors()).usingRecursiveComparison().isEqualTo(before.tensors());
        }
    }

    @Test
    void aColumnThatVanishedIsNamedAndAValueOfAnotherTypeIsShown() {
        FittedColumn column = fitted((Numbers) Preprocessing.of(InputType.NUMBER), Taste.DENSE);
        ColumnFeatures features = new ColumnFeatures(List.of(column), YES_OR_NO);
        Problem vanished = problem(() -> features.encode(List.of(Map.of("xx", "1"))));
        assertThat(vanished.code()).isEqualTo("input.missing_column");
        assertThat(vanished.sentence()).contains("'x'");
        for (String wrong : List.of("abc", "NaN", "1e999", "0x1", "1,5")) {
            Problem problem = problem(() -> features.encode(List.of(Map.of("x", wrong))));
            assertThat(problem.code()).isEqualTo("input.invalid");
            assertThat(problem.sentence()).contains("'" + wrong + "'");
        }
    }

    @Test
    void aColumnWithoutAnyValueStaysHarmless() {
        FittedColumns fitted =
                fit(new StringBuilder("x,z,y\n,a,0\n,b,1\n"), new InputFeature("x", InputType.NUMBER), Taste.DENSE);
        assertThat(values(fitted.features().encode(List.of(Map.of("x", ""))))).containsExactly(0, 1);
        assertThat(fitted.notes()).containsExactly("'x' has no value in any training row");
    }

    @Test
    void whatTheArchitectureCannotReadIsRefused() {
        Numbers keep = new Numbers(Missing.KEEP, 0, Normalization.NONE, null, null);
        assertThat(problem(() -> fit(
                                new StringBuilder("x,y\n1,0\n"),
                                new InputFeature("x", InputType.NUMBER, keep),
                                Taste.DENSE))
                        .sentence())
                .contains("trees alone");
    }

    private FittedColumn fitted(Numbers how, Taste taste) {
        StringBuilder csv = new StringBuilder("x,z,y\n");
        for (int i = 0; i < NUMBERS.length; i++) {
            csv.append(NUMBERS[i])
                    .append(",z")
                    .append(i)
                    .append(',')
                    .append(i % 2)
                    .append('\n');
        }
        return fit(csv, new InputFeature("x", InputType.NUMBER, how), taste)
                .features()
                .columns()
                .getFirst();
    }

    private FittedColumns letters(Categories how, Taste taste) {
        StringBuilder csv = new StringBuilder("letter,y\n");
        for (int i = 0; i < LETTERS.length; i++) {
            csv.append(LETTERS[i]).append(',').append(ANSWERS[i]).append('\n');
        }
        return fit(csv, column("letter", how), taste);
    }

    private FittedColumn dates(String written, Dates how, Taste taste) {
        StringBuilder csv = new StringBuilder("since,y\n");
        int i = 0;
        for (String date : written.split(",")) {
            csv.append(date).append(',').append(i++ % 2).append('\n');
        }
        return fit(csv, new InputFeature("since", InputType.DATE, how), taste)
                .features()
                .columns()
                .getFirst();
    }

    private static InputFeature column(String name, Categories how) {
        return new InputFeature(name, InputType.CATEGORY, how);
    }

    private FittedColumns fit(StringBuilder csv, InputFeature column, Taste taste) {
        return fit(csv, List.of(column), taste);
    }

    private FittedColumns fit(StringBuilder csv, List<InputFeature> columns, Taste taste, String... missing) {
        write(folder, "data.csv", csv.toString());
        List<InputFeature> all = new ArrayList<>(columns);
        if (csv.indexOf(",z,") > 0) { // a row of gaps alone is no row
            all.add(new InputFeature("z", InputType.CATEGORY));
        }
        Dataset dataset = Datasets.prepare(
                aSpec("data.csv").inputs(all).output("y").missing(missing).in(folder),
                folder.resolve("set" + System.nanoTime()),
                Progress.NONE);
        return ColumnFitting.fit(dataset, columns, Set.of(missing), YES_OR_NO, taste);
    }

    private static float[] numbers(FittedColumn column, String value) {
        FittedColumn.Numbers numbers = (FittedColumn.Numbers) column;
        float[] made = new float[numbers.width()];
        numbers.fill(value, made, 0);
        return made;
    }

    private static float[] values(NamedTensors tensors) {
        return ((Floats) Objects.requireNonNull(tensors.tensors().get(ColumnFeatures.NUMBERS))).values();
    }
}
