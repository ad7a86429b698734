package dev.sampan.billing.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTests {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"http://x\")"})
    void aCellASpreadsheetWouldComputeStaysText(String formula) {
        assertThat(Csv.cell(formula)).startsWith("\"'");
    }

    @Test
    void quotesAreDoubledAndLinesEndAsTheFormatSays() {
        assertThat(Csv.line(List.of("a \"b\"", "茶,水"))).isEqualTo("\"a \"\"b\"\"\",\"茶,水\"\r\n");
    }
}
