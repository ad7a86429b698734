package dev.sampan.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.DataSpec.InputType;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnSpecTests {
    @TempDir
    Path folder;

    @Test
    void aNewcomerOnlyNamesColumnsAndTheTaskBringsItsArchitecture() throws IOException {
        Spec spec = read("[{name: age, type: number}, {name: job, type: category}, {name: since, type: date}]", "");
        assertThat(spec.data().inputFeatures())
                .extracting(column -> column.preprocessing())
                .containsExactly(
                        Preprocessing.of(InputType.NUMBER),
                        Preprocessing.of(InputType.CATEGORY),
                        Preprocessing.of(InputType.DATE));
        assertThat(spec.model()).isInstanceOf(ModelSpec.Xgboost.class);
        assertThat(Specs.fromTree(Specs.toTree(spec), spec.folder())).isEqualTo(spec);
    }

    @Test
    void everyKeyOfAColumnIsReadAndWrittenBack() throws IOException {
        Spec spec = read("""
                [{name: age, type: number, preprocessing: {missing: constant, fill_value: -1, \
                normalization: quantile, clip: [0, 99]}}, \
                {name: job, type: category, preprocessing: {encoding: target, most_common: 50, min_count: 3, \
                hash_size: 16, smoothing: 4}}, \
                {name: since, type: date, preprocessing: {format: dd.MM.yyyy, parts: [month, year, month], \
                cyclic: false}}]\
                """, "model: {type: mlp, hidden_sizes: [8], hidden_act: gelu, norm: layer, dropout: 0}");
        assertThat(spec.data().inputFeatures())
                .extracting(column -> column.preprocessing())
                .containsExactly(
                        new Numbers(Missing.CONSTANT, -1, Normalization.QUANTILE, new Bounds(0, 99), null),
                        new Categories(Encoding.TARGET, 50, 3, 16, 4),
                        new Dates("dd.MM.yyyy", List.of(Part.MONTH, Part.YEAR), false));
        assertThat(spec.model())
                .isEqualTo(new ModelSpec.Mlp(List.of(8), ModelSpec.Activation.GELU, ModelSpec.Norm.LAYER, 0));
        assertThat(Specs.fromTree(Specs.toTree(spec), spec.folder())).isEqualTo(spec);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{name: age, type: number, preprocessing: {encoding: one_hot}}|spec.unknown_key|is not a known key",
                "{name: age, preprocessing: {missing: mean}}|spec.not_in_this_version|preprocessing",
                "{name: age, type: number, preprocessing: {clip: [3, 1]}}|spec.out_of_range|lower bound",
                "{name: age, type: number, preprocessing: {clip: [0, 1], clip_quantiles: [0, 1]}}|spec.out_of_range"
                        + "|not by both",
                "{name: age, type: date, preprocessing: {format: dd.bb}}|spec.out_of_range|pattern 'dd.bb'",
                "{name: age, type: nummer}|spec.out_of_range|nummer",
                "{type: number}|spec.missing_key|name",
            })
    void aMistakeInAColumnIsToldWithItsPlace(String column, String code, String said) {
        ProblemException thrown = catchThrowableOfType(ProblemException.class, () -> read("[" + column + "]", ""));
        Problem problem = thrown.problems().getFirst();
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.line()).contains(said).contains("sampan.yaml:");
    }

    private Spec read(String columns, String more) throws IOException {
        Files.writeString(folder.resolve("rows.csv"), "age,job,since,good\n1,a,2024-01-01,yes\n");
        Path file = folder.resolve("sampan.yaml");
        Files.writeString(file, """
                name: loans
                task: tabular_classification
                data:
                  dataset: rows.csv
                  input_features: %s
                  output_features: [{name: good}]
                %s
                """.formatted(columns, more));
        return Specs.read(file, List.of());
    }
}
