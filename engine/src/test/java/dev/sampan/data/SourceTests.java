package dev.sampan.data;

import static dev.sampan.data.DataFixture.all;
import static dev.sampan.data.DataFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.DataSpec.Format;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTests {
    @TempDir
    Path folder;

    private List<Row> read(String name, String content) {
        return all(Datasets.read(write(folder, name, content), Format.AUTO, "auto"));
    }

    private static Problem problem(ThrowingCallable action) {
        try {
            action.call();
        } catch (ProblemException e) {
            return e.problems().getFirst();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("no problem");
    }

    @Test
    void readsQuotedLineBreaksAndNamesTheLineWhereARowBegins() {
        List<Row> rows = read("a.csv", "text,label\n\"one\ntwo, \"\"three\"\"\",x\n\nlast,y\n");

        assertThat(rows)
                .containsExactly(
                        new Row("a.csv line 2", List.of("one\ntwo, \"three\"", "x")),
                        new Row("a.csv line 5", List.of("last", "y")));
    }

    @Test
    void readsTabsByTheEndingAndSemicolonsByTheHeader() {
        assertThat(read("a.tsv", "text\tlabel\na, b; c\tx\n").getFirst().values())
                .containsExactly("a, b; c", "x");
        assertThat(read("b.csv", "text;label\r\na, b;x\r\n").getFirst().values())
                .containsExactly("a, b", "x");
    }

    @Test
    void readsJsonLinesWithNumbersAsWritten() {
        List<Row> rows = read(
                "a.jsonl",
                "{\"text\":\"饺子\",\"label\":1.50,\"more\":{\"a\":[1]}}\n\n{\"label\":true,\"text\":null}\r\n");

        assertThat(rows)
                .containsExactly(
                        new Row("a.jsonl line 1", List.of("饺子", "1.50", "{\"a\":[1]}")),
                        new Row("a.jsonl line 3", List.of("", "true", "")));
    }

    @ParameterizedTest
    @CsvSource({"UTF-8,''", "UTF-8,\uFEFF", "UTF-16LE,\uFEFF", "UTF-16BE,\uFEFF", "GBK,''", "GB18030,''"})
    void tellsTheEncodingByItself(String charset, String mark) {
        String content = mark + "text,label\n我的订单还没有到，请查一下物流,查物流\n退货怎么退,退货\n";
        Path file = write(folder, "a.csv", content, Charset.forName(charset));

        RowReader reader = Datasets.read(file, Format.AUTO, "auto");

        assertThat(reader.columns()).containsExactly("text", "label");
        assertThat(all(reader).getFirst().values()).containsExactly("我的订单还没有到，请查一下物流", "查物流");
    }

    @Test
    void namesTheLineOfADamagedCharacter() throws IOException {
        byte[] damaged = ("text,label\n" + "好好好好,x\n".repeat(50) + "bad?,y\n").getBytes(StandardCharsets.UTF_8);
        damaged[damaged.length - 4] = (byte) 0xE4;
        Path file = Files.write(folder.resolve("a.csv"), damaged);

        Problem problem = problem(() -> Datasets.read(file, Format.AUTO, "auto"));

        assertThat(problem.code()).isEqualTo("data.encoding");
        assertThat(problem.place()).isEqualTo("a.csv line 52");
    }

    @Test
    void refusesLatin1InsteadOfReadingItAsChinese() {
        Path file = write(
                folder,
                "a.csv",
                "text,label\nle café est fermé à midi,x\nété éternel,y\n",
                StandardCharsets.ISO_8859_1);

        assertThat(problem(() -> Datasets.read(file, Format.AUTO, "auto")).code())
                .isEqualTo("data.encoding");
        assertThat(all(Datasets.read(file, Format.AUTO, "ISO-8859-1")).get(1).values())
                .containsExactly("été éternel", "y");
    }

    @Test
    void refusesUtf16WithoutAMarkAndUnknownEncodings() {
        Path file = write(folder, "a.csv", "text,label\nhello,x\n", StandardCharsets.UTF_16LE);

        assertThat(problem(() -> Datasets.read(file, Format.AUTO, "auto")).line())
                .contains("UTF-16");
        assertThat(all(Datasets.read(file, Format.AUTO, "UTF-16LE"))).hasSize(1);
        assertThat(problem(() -> Datasets.read(file, Format.AUTO, "latin-99")).line())
                .contains("'latin-99'");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    a.csv    , ''                            , data.empty        , a.csv
                    a.csv    , '\uFEFF'                      , data.empty        , a.csv
                    a.csv    , '|||'                         , data.empty        , a.csv
                    a.jsonl  , '||'                          , data.empty        , a.jsonl
                    a.csv    , 'text,label|'                 , data.header_only  , a.csv
                    a.csv    , 'text,label|a,x|b|'           , data.ragged_row   , a.csv line 3
                    a.csv    , 'text,label|a,x,1|'           , data.ragged_row   , a.csv line 2
                    a.csv    , 'text,text|a,x|'              , data.repeated_column, a.csv line 1
                    a.csv    , 'text,label|a,x|"b,y|c,z|'    , data.bad_csv      , a.csv line 2
                    a.jsonl  , '{"a":1}|{"a":'               , data.bad_json     , a.jsonl line 2
                    a.jsonl  , '[{"a":1}]'                   , data.bad_json     , a.jsonl line 1
                    a.jsonl  , '{"a":1} {"a":2}'             , data.bad_json     , a.jsonl line 1
                    a.xlsx   , 'PK'                          , data.unknown_format, a.xlsx
                    """)
    void saysInOneSentenceWhatIsWrongAndWhere(String name, String content, String code, String place) {
        Problem problem = problem(() -> read(name, content.replace('|', '\n')));

        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.place()).isEqualTo(place);
        assertThat(problem.line()).doesNotContain("\n").doesNotContain("Exception");
    }

    @Test
    void namesBothCountsOfARaggedRow() {
        assertThat(problem(() -> read("a.csv", "text,label\na,x,1\n")).sentence())
                .isEqualTo("This row has 3 fields, the header has 2");
    }

    @Test
    void endsAFieldThatNeverEnds() throws IOException {
        Path file = folder.resolve("a.csv");
        Files.writeString(file, "text,label\n\"" + "a,b\n".repeat(3 << 20));

        Problem problem = problem(() -> all(Datasets.read(file, Format.AUTO, "auto")));

        assertThat(problem.code()).isEqualTo("data.bad_csv");
    }

    @Test
    void endsALineThatNeverEnds() throws IOException {
        Path file = folder.resolve("a.jsonl");
        Files.writeString(file, "{\"text\":\"" + "ab".repeat(10 << 20));

        Problem problem = problem(() -> Datasets.read(file, Format.AUTO, "auto"));

        assertThat(problem.code()).isEqualTo("data.bad_json");
        assertThat(problem.line()).contains("longer than");
    }

    @Test
    void namesTheFileThatIsNotThere() {
        assertThat(problem(() -> Datasets.read(folder.resolve("none.csv"), Format.AUTO, "auto"))
                        .code())
                .isEqualTo("data.not_found");
    }

    @Test
    void keepsAZeroCharacterForTheCleanerToTakeOut() {
        assertThat(read("a.csv", "text,label\na\0b text that is long enough,x\n")
                        .getFirst()
                        .values()
                        .getFirst())
                .startsWith("a\0b");
    }

    @Test
    void readerIsClosedTwiceWithoutHarm() throws IOException {
        RowReader reader = Datasets.read(write(folder, "a.csv", "a\n1\n"), Format.AUTO, "auto");
        reader.close();

        assertThatThrownBy(() -> Datasets.read(folder, Format.CSV, "auto")).isInstanceOf(ProblemException.class);
        reader.close();
    }
}
