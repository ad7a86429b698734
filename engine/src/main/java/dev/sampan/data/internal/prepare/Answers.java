package dev.sampan.data.internal.prepare;

import dev.sampan.data.Decimals;
import dev.sampan.data.Spans;
import dev.sampan.spec.DataSpec.OutputFeature;
import dev.sampan.spec.DataSpec.OutputType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The output value of a row as it is stored: a category by its number, a quantity as written, spans in their
/// one canonical form, nothing where nothing is answered.
final class Answers {
    private final @Nullable OutputFeature output;
    private final Set<String> missing;
    private final MaskedSpans masks;
    private final Labels labels = new Labels();
    private final Map<String, Long> marked = new TreeMap<>();

    /// @param masks of a text with spans
    Answers(@Nullable OutputFeature output, List<String> missingValues, MaskedSpans masks) {
        this.output = output;
        this.masks = masks;
        this.missing = Set.copyOf(missingValues);
        if (!areCategories()) {
            labels.number("", () -> "");
        }
    }

    /// One answer.
    ///
    /// @param label number of the category; −1 when the value is missing
    /// @param text as it is stored; of a category its name
    /// @param value of a number; NaN otherwise
    record Answer(int label, String text, double value) {}

    private static final Answer NONE = new Answer(-1, "", Double.NaN);

    boolean areCategories() {
        return output != null && output.type() == OutputType.CATEGORY;
    }

    boolean areNumbers() {
        return output != null && output.type() == OutputType.NUMBER;
    }

    boolean areSpans() {
        return output != null && output.type() == OutputType.SEQUENCE;
    }

    /// @param text of the row before it was cleaned, which the spans of a sequence stand in
    Answer read(String written, String text, Supplier<String> origin) {
        if (output == null) {
            return new Answer(0, "", Double.NaN);
        }
        String value = written.strip();
        if (value.isEmpty() || missing.contains(value)) {
            return NONE;
        }
        return switch (output.type()) {
            case CATEGORY -> new Answer(labels.number(value, origin), value, Double.NaN);
            case NUMBER -> {
                String number = Cells.number(value, output.name(), origin);
                yield new Answer(0, number, Decimals.value(number));
            }
            case SEQUENCE -> {
                List<Spans.Span> spans = Spans.read(value, text, origin.get());
                MaskedSpans.Marked masked = masks.mask(text, spans);
                masked.spans().forEach(span -> marked.merge(span.label(), 1L, Long::sum));
                yield new Answer(0, Spans.write(masked.spans()), Double.NaN);
            }
        };
    }

    /// Categories in the order in which they came up.
    List<String> names() {
        return new ArrayList<>(labels.names());
    }

    /// Of spans: how many there are of each kind.
    Map<String, Long> marked() {
        return marked;
    }
}
