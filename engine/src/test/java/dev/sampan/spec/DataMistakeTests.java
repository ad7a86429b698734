package dev.sampan.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Mistakes of block `data`: what it names is looked at before it is read.
class DataMistakeTests {
    private static final String GOOD = SpecReadTests.SHORT;

    @TempDir
    Path folder;

    static Stream<Arguments> filesAndColumns() {
        return Stream.of(
                data(
                        "rows.csv",
                        "row.csv",
                        "spec.missing_file",
                        "4:12: There is no file 'row.csv' in DIR. Did you mean 'rows.csv'?"),
                data(
                        "rows.csv",
                        "\"*.tsv\"",
                        "spec.missing_file",
                        "4:12: No file matches '*.tsv' in DIR. Paths start at the folder of the specification"),
                data("rows.csv", ".", "spec.missing_file", "4:12: '.' is a folder, not a file. Write ./*.csv"),
                data(
                        "rows.csv",
                        "*.csv",
                        "spec.syntax",
                        "4:13: Text that begins with * needs quotation marks. Write \"*.csv\""),
                data(
                        "rows.csv",
                        "\"sql:select 1\"",
                        "spec.not_in_this_version",
                        "4:12: Data from 'sql:' is not in this version."
                                + " Name files, or an https:, s3: or jdbc: address"),
                data(
                        "name: question",
                        "name: qestion",
                        "spec.missing_column",
                        "5:27: rows.csv has no column 'qestion'; it has: question, intent, customer."
                                + " Did you mean 'question'?"),
                data(
                        "name: intent",
                        "name: question",
                        "spec.out_of_range",
                        "6:28: The column 'question' is named twice."
                                + " A column is read once, and what the model answers it may not read"),
                data(
                        "name: question",
                        "nam: question",
                        "spec.unknown_key",
                        "5:21: 'data.input_features.0.nam' is not a known key. Did you mean 'name'?"));
    }

    static Stream<Arguments> dataChoices() {
        return Stream.of(
                data(
                        "text_classification",
                        "causal_lm",
                        "spec.not_in_this_version",
                        "2:7: task: 'causal_lm' is not in this version. Use one of text_classification, …"),
                data(
                        "dataset:",
                        "split: {type: group}\n  dataset:",
                        "spec.missing_key",
                        "4:17: 'type: group' needs the column by which rows are dealt out. Add 'column: …'"),
                data(
                        "dataset:",
                        "split: {folds: 3}\n  dataset:",
                        "spec.out_of_range",
                        "4:18: 'folds' means nothing to 'type: hash'. Leave the key out"),
                data(
                        "dataset:",
                        "split: {type: k_fold, folds: 3, fold: 3}\n  dataset:",
                        "spec.out_of_range",
                        "4:41: There is no fold 3 of 3: they are counted from 0. Write 0 to 2"),
                data(
                        "dataset:",
                        "split: {type: k_fold}\n  test_dataset: rows.csv\n  dataset:",
                        "spec.out_of_range",
                        "5:17: Both test_dataset and the split say which rows are for testing."
                                + " Leave test_dataset out, or use another split.type"));
    }

    static Stream<Arguments> otherChoices() {
        return Stream.of(
                data(
                        "dataset:",
                        "header: false\n  dataset:",
                        "spec.out_of_range",
                        "4:11: Without a header the columns have no names. Add 'columns: [a, b, …]'"),
                data(
                        "dataset:",
                        "delimiter: '||'\n  dataset:",
                        "spec.out_of_range",
                        "4:14: data.delimiter must be one character, but is '||'."
                                + " Write for example ';', tab or space"),
                data(
                        "dataset:",
                        "checksum: md5:1\n  dataset:",
                        "spec.out_of_range",
                        "4:13: The checksum is 'md5:1'. Write 'sha256:' and 64 of the letters 0-9, a-f"),
                data(
                        "rows.csv",
                        "jdbc:postgresql://h/d",
                        "spec.missing_key",
                        "4:12: A database needs the query that makes the rows. Add 'query: …'"),
                data(
                        "dataset:",
                        "split: {probabilities: [0.5, 0.2]}\n  dataset:",
                        "spec.out_of_range",
                        "4:26: The shares [0.5, 0.2] add up to 0.7, not to 1. Write for example [0.8, 0.1, 0.1]"),
                data(
                        "dataset:",
                        "split: {probabilities: [0.9, 0.1]}\n  dataset:",
                        "spec.out_of_range",
                        "4:26: No rows are left for testing: the third share is 0 and there is no test_dataset."
                                + " Write for example [0.8, 0.1, 0.1], or name a test_dataset"),
                data(
                        "dataset:",
                        "split: {column: custmer}\n  dataset:",
                        "spec.missing_column",
                        "4:19: rows.csv has no column 'custmer'; it has: question, intent, customer."
                                + " Did you mean 'customer'?"),
                data(
                        "dataset:",
                        "encoding: GB18031\n  dataset:",
                        "spec.out_of_range",
                        "4:13: data.encoding is 'GB18031', which names no character set. Did you mean 'GB18030'?"),
                data(
                        "dataset:",
                        "quality: {warn_on: [single_class]}\n  dataset:",
                        "spec.out_of_range",
                        "4:22: The check 'single_class' stands in warn_on, and fail_on holds it too."
                                + " Write fail_on without it, or leave it out of warn_on"));
    }

    @ParameterizedTest
    @MethodSource({"filesAndColumns", "dataChoices", "otherChoices"})
    void aMistakeAboutTheDataIsSeenBeforeItIsRead(String right, String wrong, String code, String line)
            throws IOException {
        List<Problem> problems = problems(GOOD.replace(right, wrong));
        assertThat(problems.stream()
                        .map(p -> SpecMistakeTests.upToList(p.line().replace(folder.toString(), "DIR"), line)))
                .containsExactly("sampan.yaml:" + line);
        assertThat(problems.getFirst().code()).isEqualTo(code);
    }

    private static Arguments data(String right, String wrong, String code, String line) {
        return Arguments.of(right, wrong, code, line);
    }

    private Spec read(String yaml, String... overrides) throws IOException {
        Files.writeString(folder.resolve("rows.csv"), "question,intent,customer\nhello,greet,7\n");
        Path file = folder.resolve("sampan.yaml");
        Files.writeString(file, yaml);
        return Specs.read(file, List.of(overrides));
    }

    private List<Problem> problems(String yaml, String... overrides) throws IOException {
        try {
            Spec spec = read(yaml, overrides);
            throw new AssertionError("no mistake was found in " + spec);
        } catch (ProblemException e) {
            return e.problems();
        }
    }
}
