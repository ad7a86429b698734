package dev.sampan.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.InputType;
import dev.sampan.spec.Preprocessing.Missing;
import dev.sampan.spec.Preprocessing.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardSpecTests {
    private static final String NUMBERS = "[{name: \"p*\", type: number}]";

    @TempDir
    Path folder;

    @Test
    void oneLineStandsForEveryColumnThatFitsInTheFilesOrder() throws IOException {
        Spec spec = read(
                "p10,id,p2,p1,price\n1,2,3,4,5\n",
                "[{name: \"p*\", type: number, preprocessing: {missing: mean}}, {name: id, type: category}]",
                "");
        assertThat(names(spec)).containsExactly("p10", "p2", "p1", "id");
        assertThat(spec.data().inputFeatures().getFirst().preprocessing())
                .isInstanceOfSatisfying(
                        Numbers.class, numbers -> assertThat(numbers.missing()).isEqualTo(Missing.MEAN));
        assertThat(spec.data().inputFeatures().getLast().type()).isEqualTo(InputType.CATEGORY);
    }

    @Test
    void theResolvedSpecificationKnowsColumnsAloneAndIsReadBackWithoutTheFile() throws IOException {
        Spec spec = read("p1,p2,price\n1,2,3\n", NUMBERS, "");
        assertThat(Specs.toYaml(spec)).contains("p1", "p2").doesNotContain("p*");
        assertThat(Specs.fromTree(Specs.toTree(spec), spec.folder())).isEqualTo(spec);
    }

    @Test
    void neverTakesTheOutputTheSplitsColumnOrAColumnWithALineOfItsOwn() throws IOException {
        Spec spec = read(
                "a,b,price,fold,c,\n1,2,3,train,5,6\n",
                "[{name: b, type: category}, {name: \"*\", type: number}]",
                "  split: {type: fixed, column: fold}\n");
        assertThat(names(spec)).containsExactly("b", "a", "c");
    }

    @Test
    void numberedColumnsNeedNoHeaderAndAWildcardTakesTheNamesThatAreWritten() throws IOException {
        String table = "  header: false\n  columns: [p0..p783, price]\n";
        String row = IntStream.range(0, 785).mapToObj(i -> "1").collect(Collectors.joining(",", "", "\n"));
        assertThat(names(read(row, "[{name: p0..p783, type: number}]", table)))
                .hasSize(784)
                .isEqualTo(names(read(row, NUMBERS, table)));
    }

    @Test
    void saysWhichColumnsThereAreWhenNoneFits() throws IOException {
        assertThat(refused("q1,q2,price\n1,2,3\n", NUMBERS, "data.csv"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("spec.missing_column"))
                .satisfies(problem -> assertThat(problem.sentence()).contains("'p*'", "q1, q2, price"))
                .satisfies(problem -> assertThat(problem.place()).startsWith("sampan.yaml:5"));
    }

    @Test
    void refusesAWildcardWhereTheHeaderIsKnownOnlyOnceTheRowsAreRead() throws IOException {
        assertThat(refused("[]", NUMBERS, "data.json").code()).isEqualTo("spec.no_header");
    }

    @Test
    void aColumnThatFitsTwoWildcardsIsNamedTwice() throws IOException {
        assertThat(refused(
                                "p1,p2,price\n1,2,3\n",
                                "[{name: \"p*\", type: number}, {name: \"*2\", type: category}]",
                                "data.csv")
                        .sentence())
                .contains("'p2' is named twice");
    }

    @Test
    void aColumnWhoseNameHoldsAStarIsMeantByIt() throws IOException {
        assertThat(names(read("p*,p1,price\n1,2,3\n", NUMBERS, ""))).containsExactly("p*");
    }

    @ParameterizedTest
    @CsvSource({
        "*, a, true",
        "p*, p, true",
        "p*, ap, false",
        "*_mean, area_mean, true",
        "*_mean, mean, false",
        "a*b*c, abc, true",
        "a*b*c, a-b-b-c, true",
        "a*b*c, acb, false",
        "ab*ba, aba, false",
        "a*bc*c, abc, false",
        "a**z, az, true"
    })
    void aStarIsAnyRunOfLetters(String pattern, String name, boolean fits) throws IOException {
        String header = name + ",price\n1,2\n";
        String inputs = "[{name: \"" + pattern + "\", type: number}]";
        if (fits) {
            assertThat(names(read(header, inputs, ""))).containsExactly(name);
        } else {
            assertThat(refused(header, inputs, "data.csv").code()).isEqualTo("spec.missing_column");
        }
    }

    private static List<String> names(Spec spec) {
        return spec.data().inputFeatures().stream().map(InputFeature::name).toList();
    }

    private Problem refused(String rows, String inputs, String file) {
        List<Problem> problems = catchThrowableOfType(ProblemException.class, () -> read(rows, inputs, "", file))
                .problems();
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }

    private Spec read(String rows, String inputs, String more) throws IOException {
        return read(rows, inputs, more, "data.csv");
    }

    private Spec read(String rows, String inputs, String more, String file) throws IOException {
        Files.writeString(folder.resolve(file), rows);
        Path yaml = Files.writeString(folder.resolve("sampan.yaml"), """
                name: houses
                task: regression
                data:
                  dataset: %s
                  input_features: %s
                  output_features: [{name: price, type: number}]
                %s""".formatted(file, inputs, more));
        return Specs.read(yaml, List.of());
    }
}
