package dev.sampan.shell.svg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sampan.shell.svg.Bars.Bar;
import dev.sampan.shell.svg.Lines.Band;
import dev.sampan.shell.svg.Lines.Series;
import dev.sampan.shell.svg.Lines.Style;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ChartTests {
    private static final Axis SHARE = Axis.share("share");

    @Test
    void tellsInWordsWhatItShows() throws Exception {
        Series series = new Series("accuracy", new double[] {1, 2}, new double[] {0.5, 0.75});
        Axis epochs = new Axis("epoch", 1, 2, value -> String.valueOf(Math.round(value)));
        Chart chart = Lines.chart("Training", epochs, SHARE, List.of(series), Style.PLAIN);

        Element svg = parse(chart.markup());
        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("Training");
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent()).contains("50 %", "75 %");
        assertThat(chart.header()).containsExactly("epoch", "accuracy");
        assertThat(chart.rows()).containsExactly(List.of("1", "50 %"), List.of("2", "75 %"));
    }

    @Test
    void textOfDataNeverBecomesMarkup() throws Exception {
        String nasty = "<script>alert(1)</script>&\"'\u0000";
        Chart bars = Bars.lying(nasty, List.of(new Bar(nasty, 3, nasty)));
        Chart matrix = Matrix.chart(nasty, nasty, List.of(nasty, "b"), new long[][] {{1, 1}, {0, 2}});
        for (Chart chart : List.of(bars, matrix)) {
            assertThat(chart.markup()).doesNotContain("<script");
            assertThat(parse(chart.markup()).getElementsByTagName("script").getLength())
                    .isZero();
        }
    }

    @Test
    void keepsStyleInTheSheetAndOutOfTheMarkup() {
        Chart chart = Lines.chart(
                "t",
                SHARE,
                SHARE,
                List.of(new Series("s", new double[] {0, 1}, new double[] {0, 1})),
                new Style(true, List.of(), List.of(new Band(0, 0.1, 1))));
        assertThat(chart.markup()).doesNotContain("style=", "fill=\"", "stroke=\"");
    }

    @Test
    void aPathRunsThroughItsPoints() {
        Chart chart = Lines.chart(
                "t", SHARE, SHARE, List.of(new Series("s", new double[] {0, 1}, new double[] {0, 1})), Style.PLAIN);
        assertThat(chart.markup()).contains("d=\"M52 216L446 24\"");
    }

    @Test
    void rightAnswersAreMarkedApartFromWrongOnes() throws Exception {
        Chart chart = Matrix.chart("c", "truth", List.of("a", "b"), new long[][] {{8, 2}, {0, 5}});
        var rects = parse(chart.markup()).getElementsByTagName("rect");
        long right = 0;
        long wrong = 0;
        for (int i = 0; i < rects.getLength(); i++) {
            String kind = ((Element) rects.item(i)).getAttribute("class");
            right += kind.equals("cell") ? 1 : 0;
            wrong += kind.equals("wrong") ? 1 : 0;
        }
        assertThat(right).isEqualTo(2);
        assertThat(wrong).isEqualTo(2);
        assertThat(parse(chart.markup()).getElementsByTagName("desc").item(0).getTextContent())
                .isEqualTo("a → b: 2");
        assertThat(chart.rows()).containsExactly(List.of("a", "8", "2"), List.of("b", "0", "5"));
    }

    @Test
    void withManyClassesTheTableHoldsWhatWasConfused() {
        int n = 40;
        long[][] counts = new long[n][n];
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            labels.add("label" + i);
            counts[i][i] = 5;
        }
        counts[3][7] = 2;
        counts[9][1] = 4;
        assertThat(Matrix.chart("c", "truth", labels, counts).rows())
                .containsExactly(List.of("label9 → label1", "4"), List.of("label3 → label7", "2"));
    }

    @Test
    void aMatrixThatIsNotSquareIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Matrix.chart("c", "truth", List.of("a", "b"), new long[][] {{1, 2}}));
    }

    @Test
    void intervalsSayValueRangeAndBaselineInTheTable() {
        Chart chart = Intervals.chart(
                "t", SHARE, List.of(new Intervals.Row("accuracy", 0.9, 0.85, 0.94, 0.1)), List.of("", "", "", "", ""));
        assertThat(chart.rows()).containsExactly(List.of("accuracy", "90.0 %", "85.0 %", "94.0 %", "10.0 %"));
    }

    @Test
    void aLongNameBreaksOnceAndStaysInsideTheDrawing() throws Exception {
        String name = "Accuracy when learnt from made rows alone";
        Chart chart = Intervals.chart(
                "t", SHARE, List.of(new Intervals.Row(name, 0.9, 0.85, 0.94, null)), List.of("", "", "", "", ""));
        assertThat(chart.markup())
                .contains(">Accuracy when learnt<", ">from made rows alone<")
                .doesNotContain(">" + name + "<");
    }

    @Property(tries = 300)
    void anAxisCoversItsGreatestValueWithAFewRoundTicks(@ForAll @DoubleRange(min = 0.01, max = 1e13) double greatest) {
        Axis axis = Axis.upTo("t", greatest, String::valueOf);
        assertThat(axis.high()).isGreaterThanOrEqualTo(greatest * (1 - 1e-6));
        assertThat(axis.ticks()).hasSizeBetween(3, 8);
        assertThat(axis.ticks().getLast()).isCloseTo(axis.high(), Percentage.withPercentage(1e-4));
    }

    private static Element parse(String markup) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(markup.getBytes(StandardCharsets.UTF_8)));
        return document.getDocumentElement();
    }
}
