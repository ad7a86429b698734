package dev.sampan.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every mistake gets its one sentence at its place.
class SpecMistakeTests {
    /// Six good lines; what a row of the table adds begins on line 7.
    private static final String GOOD = SpecReadTests.SHORT;

    @TempDir
    Path folder;

    static Stream<Arguments> unknownKeys() {
        return Stream.of(
                row("trian: {}", "spec.unknown_key", "7:1", "'trian' is not a known key. Did you mean 'train'?"),
                row(
                        "train:\n  learning_rat: 1",
                        "spec.unknown_key",
                        "8:3",
                        "'train.learning_rat' is not a known key. Did you mean 'learning_rate'?"),
                row(
                        "learning_rate: 1",
                        "spec.unknown_key",
                        "7:1",
                        "'learning_rate' is not a known key. It belongs to the block 'model' or the block 'train'"),
                row(
                        "model: {type: bilstm, model_name_or_path: auto}",
                        "spec.unknown_key",
                        "7:23",
                        "'model.model_name_or_path' is not a known key."
                                + " It belongs to 'type: pretrained', and the type here is bilstm"),
                row(
                        "evaluate: {gates: {f1_marco: \">=0.9\"}}",
                        "spec.unknown_key",
                        "7:20",
                        "'evaluate.gates.f1_marco' is not a known metric. Did you mean 'f1_macro'?"));
    }

    static Stream<Arguments> wordsOutOfPlace() {
        return Stream.of(
                later("adapter: {}", "7:1", "'adapter' is not in this version. Leave the key out"),
                later("train: {packing: true}", "7:9", "'train.packing' is not in this version. Leave the key out"),
                later("compress: [prune: {}]", "7:12", "compress.0: 'prune' is not in this version. Use 'quantize'"),
                later(
                        "model: {type: transformer}",
                        "7:15",
                        "model.type: 'transformer' is not in this version. Use one of pretrained, …"),
                range(
                        "train: {learning_rate: 5}",
                        "7:24",
                        "train.learning_rate must be a number above 0, at most 1, but is 5"),
                range(
                        "evaluate: {slices: [channel]}",
                        "7:20",
                        "No input column is named 'channel'. The input columns are question"),
                range("version: 2", "7:10", "version must be 1, but is 2"),
                range(
                        "product: {price_per_call: 0.0000000001}",
                        "7:27",
                        "product.price_per_call must be from 0 to 1000000 with at most nine decimals,"
                                + " but is 0.0000000001"),
                range(
                        "product: {price_per_call: 1, currency: RMB}",
                        "7:40",
                        "product.currency is 'RMB', which is no currency."
                                + " Write its three capital letters, such as CNY, EUR or USD"),
                range(
                        "serve: {model: My Model}",
                        "7:16",
                        "serve.model is 'My Model', which cannot stand in a web address. Use 1 to 64 of:"
                                + " lower-case letters, digits, '.', '-', '_'; first a letter or digit"));
    }

    static Stream<Arguments> valuesOfAnotherKind() {
        return Stream.of(
                type(
                        "train: {learning_rate: '0.1'}",
                        "7:24",
                        "train.learning_rate must be a number above 0, at most 1, but is the text '0.1'."
                                + " Write it without quotation marks"),
                type(
                        "train: {early_stopping_patience: 1.5}",
                        "7:34",
                        "train.early_stopping_patience must be a whole number from 1 to 1000,"
                                + " but is the number 1.5"),
                type(
                        "compress: [{quantize: {per_channel: yes}}]",
                        "7:37",
                        "compress.0.quantize.per_channel must be true or false, but is 'yes'"),
                type("model: bilstm", "7:8", "model must be a block of keys, but is 'bilstm'. Write {type: bilstm}"),
                type(
                        "product: {price_per_call: 2e-3}",
                        "7:27",
                        "product.price_per_call must be an amount such as 0.002, but is the number 2e-3"),
                type(
                        "register: {name: 2024}",
                        "7:18",
                        "register.name must be text, but is the number 2024. Write it in quotation marks: \"2024\""),
                row(
                        "product: {}",
                        "spec.missing_key",
                        "7:10",
                        "product lacks the key 'price_per_call'."
                                + " Add 'price_per_call: …': Price of one input answered, exact to nine decimals"),
                twice("name: b", "7:1", "The key 'name' stands twice, first at sampan.yaml:1:1. Keep one of them"),
                twice(
                        "train: {epochs: 2, num_train_epochs: 3}",
                        "7:20",
                        "'num_train_epochs' and 'epochs' are two names of one key. Keep one of them"));
    }

    static Stream<Arguments> whatIsNoYaml() {
        return Stream.of(
                syntax("train:\n\tseed: 1", "8:1", "A tab stands where YAML wants blanks. Indent with blanks"),
                syntax(
                        "train: {seed: 1",
                        "8:1",
                        "This is not YAML: expected ',' or '}', but got <stream end>. Look for a missing quotation"
                                + " mark, bracket, colon or blank here or in the line above"),
                syntax(
                        "evaluate: {gates: {f1_macro: >=0.9}}",
                        "7:30",
                        "A bound such as >=0.90 needs quotation marks. Write f1_macro: \">=0.90\""),
                syntax(
                        "a: &x [1]\nb: [*x, *x]",
                        "7:4",
                        "An anchor (&name) is not read in this file. Leave it out and write values out"),
                syntax(
                        "b: *x",
                        "7:4",
                        "An alias (*name) is not read in this file."
                                + " Write the value out; text that begins with * needs quotation marks"),
                syntax("b: !!binary aGk=", "7:4", "The tag '!!binary' is not read in this file. Leave it out"),
                syntax("---\na: 1", "7:1", "A second document starts here. Keep one document in the file"),
                syntax(
                        "x: " + "[".repeat(40),
                        "7:36",
                        "Blocks lie more than 32 deep. No key of this file lies so deep"),
                syntax("x: \u0001", "7:1", "The character U+0001 may not stand in YAML. Remove it"));
    }

    @ParameterizedTest
    @MethodSource({"unknownKeys", "wordsOutOfPlace", "valuesOfAnotherKind", "whatIsNoYaml"})
    void aMistakeGetsItsSentenceAtItsPlace(String addition, String code, String place, String sentence)
            throws IOException {
        List<Problem> problems = problems(GOOD + addition + "\n");
        assertThat(problems.stream().map(p -> upToList(p.line(), sentence)))
                .containsExactly("sampan.yaml:" + place + ": " + sentence);
        assertThat(problems.getFirst().code()).isEqualTo(code);
    }

    /// Of a list that grows with what this version can, only the beginning is held against the expectation.
    static String upToList(String line, String expected) {
        if (!expected.endsWith("…")) {
            return line;
        }
        String beginning = expected.substring(expected.lastIndexOf("Use one of"), expected.length() - 1);
        int at = line.indexOf(beginning);
        return at < 0 ? line : line.substring(0, at + beginning.length()) + "…";
    }

    static Stream<Arguments> overrides() {
        return Stream.of(
                Arguments.of(
                        "train.epochs=x", "train.num_train_epochs must be a whole number from 1 to 10000, but is 'x'"),
                Arguments.of("trian.seed=3", "'trian' is not a known key. Did you mean 'train'?"),
                Arguments.of("nonsense", "An override is written key.sub=value. For example train.learning_rate=0.001"),
                Arguments.of(
                        "data.input_features.3.name=x",
                        "data.input_features has no item '3'; its length is 1."
                                + " Give the whole value: data.input_features=…; items are numbered from 0"),
                Arguments.of("data.dataset=row.csv", "There is no file 'row.csv' in DIR. Did you mean 'rows.csv'?"));
    }

    @ParameterizedTest
    @MethodSource("overrides")
    void anOverrideIsCheckedLikeTheFile(String override, String sentence) throws IOException {
        assertThat(problems(GOOD, override).stream().map(p -> p.line().replace(folder.toString(), "DIR")))
                .containsExactly("override '" + override + "': " + sentence);
    }

    @Test
    void tellsAllMistakesAtOnceInTheOrderOfTheFile() throws IOException {
        String yaml = """
                nme: x
                task: text_classification
                data:
                  dataset: row.csv
                  input_features: [{name: question}]
                  output_features: [{name: intent}]
                indicators: {}
                train: {seed: -1}
                """;
        assertThat(problems(yaml, "train.epochs=0").stream().map(Problem::code))
                .containsExactly(
                        "spec.unknown_key",
                        "spec.missing_file",
                        "spec.not_in_this_version",
                        "spec.out_of_range",
                        "spec.out_of_range");
    }

    @Test
    void emptyFilesAndOtherThingsThanBlocksAreRefused() throws IOException {
        for (String empty : List.of("", "\n\n", "# only words\n", "---\n", "null\n")) {
            assertThat(problems(empty).getFirst().line())
                    .isEqualTo("sampan.yaml:1:1: The file is empty. It must have at least name, task and data");
        }
        assertThat(problems("- a\n").getFirst().sentence())
                .isEqualTo("The file must be a block of keys, but is a list");
    }

    @Test
    void aFileThatIsNotThereOrNoTextIsRefused() throws IOException {
        Path file = folder.resolve("other.yaml");
        assertThat(refusal(file).sentence()).isEqualTo("There is no file " + file);
        assertThat(refusal(folder).sentence()).isEqualTo(folder + " is a folder, not a file");
        Files.write(file, "name: a\ntask: 客服\n".getBytes(Charset.forName("GBK")));
        assertThat(refusal(file).line())
                .isEqualTo("other.yaml:2:7: The file is not UTF-8 from here on. Save it as UTF-8");
        Files.write(file, new byte[(1 << 20) + 1]);
        assertThat(refusal(file).code()).isEqualTo("spec.too_large");
    }

    @Test
    void columnsAreFoundBehindAByteOrderMarkOtherSeparatorsAndInJsonLines() throws IOException {
        Files.writeString(folder.resolve("bom.csv"), "\uFEFFquestion;intent\na;b\n");
        Files.write(folder.resolve("gbk.csv"), "问题,意图\n".getBytes(Charset.forName("GB18030")));
        Files.writeString(
                folder.resolve("a.jsonl"), "{\"question\":\"a\"}\n{\"intent\":\"b\"}\n", StandardCharsets.UTF_8);
        for (String name : List.of("bom.csv", "a.jsonl", "\"?.jsonl\"")) {
            assertThat(read(GOOD.replace("rows.csv", name)).name()).isEqualTo("support");
        }
        String chinese =
                GOOD.replace("rows.csv", "gbk.csv").replace("question", "问题").replace("intent", "意图");
        assertThat(read(chinese).name()).isEqualTo("support");
    }

    private static Arguments row(String addition, String code, String place, String sentence) {
        return Arguments.of(addition, code, place, sentence);
    }

    private static Arguments later(String addition, String place, String sentence) {
        return row(addition, "spec.not_in_this_version", place, sentence);
    }

    private static Arguments range(String addition, String place, String sentence) {
        return row(addition, "spec.out_of_range", place, sentence);
    }

    private static Arguments type(String addition, String place, String sentence) {
        return row(addition, "spec.wrong_type", place, sentence);
    }

    private static Arguments twice(String addition, String place, String sentence) {
        return row(addition, "spec.duplicate_key", place, sentence);
    }

    private static Arguments syntax(String addition, String place, String sentence) {
        return row(addition, "spec.syntax", place, sentence);
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

    private static Problem refusal(Path file) {
        ProblemException e = catchThrowableOfType(ProblemException.class, () -> Specs.read(file, List.of()));
        return Objects.requireNonNull(e).problems().getFirst();
    }
}
