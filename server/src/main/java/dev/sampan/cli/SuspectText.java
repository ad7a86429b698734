package dev.sampan.cli;

import dev.sampan.data.label.LabelErrors.Suspect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Labels that are probably wrong, as people and programs are told of them.
///
/// @param suspects all of them, the surest first
/// @param top how many are shown
record SuspectText(LabelRows rows, List<Suspect> suspects, int top) {
    private List<Suspect> shown() {
        return suspects.subList(0, Math.min(top, suspects.size()));
    }

    /// The document of `--json`, to which a verb adds its own.
    Map<String, Object> tree() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("rows", rows.rows().size());
        document.put("suspects", suspects.size());
        document.put("shown", shown().stream().map(this::tree).toList());
        return document;
    }

    /// @param note says how the scores came about
    void print(String note) {
        System.out.println(
                Texts.get("label.suspects", suspects.size(), rows.rows().size()));
        System.out.println(note);
        for (Suspect suspect : shown()) {
            System.out.println(String.format(
                    Locale.ROOT,
                    "  %7.4f  %s: %s → %s",
                    suspect.margin(),
                    rows.rows().get(suspect.row()).origin(),
                    rows.labels().get(suspect.given()),
                    rows.labels().get(suspect.likely())));
        }
    }

    private Map<String, Object> tree(Suspect suspect) {
        return Map.of(
                "row",
                suspect.row(),
                "origin",
                rows.rows().get(suspect.row()).origin(),
                "given",
                rows.labels().get(suspect.given()),
                "likely",
                rows.labels().get(suspect.likely()),
                "margin",
                suspect.margin());
    }
}
