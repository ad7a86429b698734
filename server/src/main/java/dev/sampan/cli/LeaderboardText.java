package dev.sampan.cli;

import dev.sampan.search.Trial;
import dev.sampan.studio.PackageResults.TriedBoard;
import java.util.Locale;
import java.util.stream.Collectors;

/// The trials of a search as a table for a terminal, best first.
final class LeaderboardText {
    private static final int SHOWN = 20;

    private LeaderboardText() {}

    static void print(TriedBoard board) {
        System.out.println(
                board.withoutChoice()
                        ? Texts.get("leaderboard.sole")
                        : Texts.get("leaderboard.head", board.trials().size(), board.metric()));
        int place = 1;
        for (Trial trial : board.trials().stream().limit(SHOWN).toList()) {
            System.out.println(line(place++, trial));
        }
        if (board.trials().size() > SHOWN) {
            System.out.println(Texts.get("leaderboard.more", board.trials().size() - SHOWN));
        }
    }

    private static String line(int place, Trial trial) {
        Double score = trial.score();
        String values = trial.values().entrySet().stream()
                .map(value -> value.getKey() + "=" + shown(value.getValue()))
                .collect(Collectors.joining(" "));
        return String.format(
                Locale.ROOT,
                "  %3d  %-8s %7.1f s  %s%s",
                place,
                score == null ? "–" : String.format(Locale.ROOT, "%.4f", score),
                trial.seconds(),
                values,
                trial.failure() == null ? "" : "  " + trial.failure());
    }

    private static String shown(Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.4g", number) : value.toString();
    }
}
