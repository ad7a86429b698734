package dev.sampan.data.internal.source;

import dev.sampan.data.Row;
import dev.sampan.data.Spans;
import dev.sampan.data.Spans.Span;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Sentences with a tag for each token: a token on each line, its tag in the last column, an empty line between
/// sentences, lines that begin with `-DOCSTART-` or `#` passed over. Tags are BIO, BIOES or BILOU (`B-per`,
/// `I-per`, `O`); an `I-` that begins a span begins it as `B-` does.
///
/// A row is a sentence: column `text`, tokens joined by a blank, or by nothing where both neighbours are
/// Chinese, Japanese or Korean; column `label`, the spans.
final class ConllRows implements SourceRows {
    private static final List<String> COLUMNS = List.of("text", "label");
    private static final int TOKENS_MAX = 100_000;

    private final String name;
    private final Lines lines;
    private final SourceText source;
    private final List<String> columns;
    private long line;

    private ConllRows(SourceText source, Lines lines, @Nullable List<String> wanted) {
        this.source = source;
        this.name = source.name();
        this.lines = lines;
        this.columns = wanted == null ? COLUMNS : List.copyOf(wanted);
        Rows.indices(name, COLUMNS, columns);
    }

    static ConllRows open(SourceText text, @Nullable List<String> wanted, LongConsumer read) {
        try {
            Lines lines = new Lines(text.open(read), text.name());
            try {
                return new ConllRows(text, lines, wanted);
            } catch (ProblemException e) {
                lines.close();
                throw e;
            }
        } catch (IOException e) {
            throw IoProblems.reading(text.file(), e);
        }
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public @Nullable Row next() {
        Sentence sentence = new Sentence();
        try {
            for (String read = lines.next(); read != null; read = lines.next()) {
                String stripped = read.strip();
                if (stripped.isEmpty() && sentence.tokens > 0) {
                    break;
                }
                if (!stripped.isEmpty() && !stripped.startsWith("-DOCSTART-") && !stripped.startsWith("# ")) {
                    line = sentence.tokens == 0 ? lines.number() : line;
                    sentence.add(stripped, name + " line " + lines.number());
                }
            }
        } catch (IOException e) {
            throw IoProblems.reading(source.file(), e);
        }
        if (sentence.tokens == 0) {
            return null;
        }
        List<String> values = columns.stream()
                .map(column -> column.equals("text") ? sentence.text.toString() : Spans.write(sentence.spans()))
                .toList();
        return new Row(name + " line " + line, values);
    }

    private static final class Sentence {
        private final StringBuilder text = new StringBuilder();
        private final List<Span> spans = new ArrayList<>();
        private int tokens;
        private String open = "";
        private int start;
        private int end;

        void add(String stripped, String origin) {
            String[] fields = stripped.split("[ \t]+");
            if (fields.length < 2 || ++tokens > TOKENS_MAX) {
                throw new ProblemException(Problem.of(
                                "data.bad_conll",
                                fields.length < 2
                                        ? "This line has a token but no tag"
                                        : "This sentence has more than " + TOKENS_MAX + " tokens")
                        .at(origin)
                        .remedy("Write 'token tag' on each line and an empty line after each sentence"));
            }
            String token = fields[0];
            if (!text.isEmpty() && !(isCjk(text.codePointBefore(text.length())) && isCjk(token.codePointAt(0)))) {
                text.append(' ');
            }
            int from = text.length();
            text.append(token);
            tag(fields[fields.length - 1], from, origin);
        }

        private void tag(String tag, int from, String origin) {
            boolean named = tag.length() > 2 && tag.charAt(1) == '-' && "BIESLUM".indexOf(tag.charAt(0)) >= 0;
            if (!named && !tag.equals("O")) {
                throw new ProblemException(Problem.of("data.bad_conll", "'" + shown(tag) + "' is no tag")
                        .at(origin)
                        .remedy("Tags are O, B-name and I-name"));
            }
            String label = named ? tag.substring(2) : "";
            char position = tag.charAt(0);
            boolean continues = label.equals(open) && "IELM".indexOf(position) >= 0;
            if (!continues) {
                close();
                open = label;
                start = from;
            }
            end = text.length();
            if ("ESLU".indexOf(position) >= 0) {
                close();
            }
        }

        private void close() {
            if (!open.isEmpty()) {
                spans.add(new Span(start, end, open));
            }
            open = "";
        }

        List<Span> spans() {
            close();
            return spans;
        }

        private static String shown(String tag) {
            return tag.length() <= 40 ? tag : tag.substring(0, 40) + "…";
        }

        private static boolean isCjk(int c) {
            return Character.isIdeographic(c)
                    || (c >= 0x3000 && c <= 0x30FF)
                    || (c >= 0xAC00 && c <= 0xD7AF)
                    || (c >= 0xFF00 && c <= 0xFFEF);
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
