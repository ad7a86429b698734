package dev.sampan.billing.web;

import java.util.List;
import java.util.stream.Collectors;

/// Comma-separated values (RFC 4180) that a spreadsheet cannot mistake for formulas.
final class Csv {
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private Csv() {}

    /// One line with its line break.
    static String line(List<String> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    /// Quoted; a cell that a spreadsheet would compute gets an apostrophe in front, which it takes as text.
    static String cell(String text) {
        boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
