package dev.sampan.shell.svg;

import gg.jte.Content;
import java.util.List;

/// A picture and its twin: whoever cannot see the one reads the other.
///
/// @param markup the `<svg>` element; all text in it is escaped
/// @param legend names of the series in their order; empty when one needs none
/// @param header of the table; the first column names the row
public record Chart(String title, String markup, List<String> legend, List<String> header, List<List<String>> rows) {
    public Chart {
        legend = List.copyOf(legend);
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    /// The picture as a template writes it, not escaped again.
    public Content svg() {
        return output -> output.writeContent(markup);
    }
}
