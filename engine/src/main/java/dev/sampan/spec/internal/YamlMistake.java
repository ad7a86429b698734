package dev.sampan.spec.internal;

import dev.sampan.kernel.Problem;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// The parser's complaint in words for the file's author.
final class YamlMistake {
    private static final String CODE = "spec.syntax";

    private YamlMistake() {}

    static Problem problem(YamlEngineException e, String text, Function<Mark, Place> places) {
        return switch (e) {
            case MarkedYamlEngineException marked -> marked(marked, text, places);
            case ReaderException reader -> {
                Mark mark = new Mark("", reader.getPosition(), lineOf(text, reader.getPosition()), 0, new int[0], 0);
                yield Problem.of(CODE, "The character U+%04X may not stand in YAML".formatted(reader.getCodePoint()))
                        .at(places.apply(mark).text())
                        .remedy("Remove it");
            }
            default -> Problem.of(CODE, "This is not YAML: " + oneLine(String.valueOf(e.getMessage())));
        };
    }

    private static Problem marked(MarkedYamlEngineException e, String text, Function<Mark, Place> places) {
        Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
        String line = mark.map(m -> line(text, m.getLine())).orElse("");
        String complaint = e.getProblem() == null ? e.getContext() : e.getProblem();
        String context = e.getContext() == null ? "" : e.getContext();
        Problem problem = context.contains("alias")
                ? Problem.of(CODE, "Text that begins with * needs quotation marks")
                        .remedy("Write \"*.csv\"")
                : explained(oneLine(complaint), line);
        return mark.map(m -> problem.at(places.apply(m).text())).orElse(problem);
    }

    private static Problem explained(String complaint, String line) {
        if (complaint.contains("TAB")) {
            return Problem.of(CODE, "A tab stands where YAML wants blanks").remedy("Indent with blanks");
        }
        if (line.contains(">=") || line.contains("<=")) {
            return Problem.of(CODE, "A bound such as >=0.90 needs quotation marks")
                    .remedy("Write f1_macro: \">=0.90\"");
        }
        if (complaint.contains("mapping values are not allowed here")) {
            return Problem.of(CODE, "A key is not expected here")
                    .remedy("Line it up with the keys above, and put text with ': ' in quotation marks");
        }
        if (complaint.contains("expected <block end>") || complaint.contains("could not find expected ':'")) {
            return Problem.of(CODE, "This line does not fit the block above it")
                    .remedy("Write 'key: value' and line it up with the keys of its block");
        }
        return Problem.of(CODE, "This is not YAML: " + complaint)
                .remedy("Look for a missing quotation mark, bracket, colon or blank here or in the line above");
    }

    private static String oneLine(String message) {
        String first = message.lines().findFirst().orElse("").strip();
        return first.length() > 160 ? first.substring(0, 160) + "…" : first;
    }

    private static String line(String text, int number) {
        return text.lines().skip(number).findFirst().orElse("");
    }

    private static int lineOf(String text, int position) {
        int end = Math.min(position, text.length());
        return (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    }
}
