package dev.sampan.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sampan.spec.ModelSpec.NgramUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The n-grams of one unit and their weights, as scikit-learn's `TfidfVectorizer` makes them with `sublinear_tf` and
/// its other defaults: of a text in lower case
///
/// ```
/// weight(gram) = (1 + ln count) · idf(gram), divided by the text's Euclidean norm
/// idf(gram) = ln((1 + texts) / (1 + texts with the gram)) + 1
/// ```
///
/// Words are runs of two or more letters, digits and `_`, whatever stands between them; a gram of two has one blank
/// inside. Characters are code points, blanks among them, of which several in a row count as one.
public final class NgramTable {
    private final NgramUnit unit;
    private final int shortest;
    private final int longest;
    private final List<String> grams;
    private final float[] idf;
    private final Map<String, Integer> ids;

    /// @param shortest units of the shortest gram, at least 1
    /// @param longest units of the longest gram
    /// @param grams each once, in the order of their ids
    /// @param idf one for each gram, greater than 0
    @JsonCreator
    public NgramTable(
            @JsonProperty("unit") NgramUnit unit,
            @JsonProperty("shortest") int shortest,
            @JsonProperty("longest") int longest,
            @JsonProperty("grams") List<String> grams,
            @JsonProperty("idf") float[] idf) {
        if (shortest < 1 || longest < shortest || idf.length != grams.size()) {
            throw new IllegalArgumentException(
                    shortest + " to " + longest + ", " + grams.size() + " grams, " + idf.length + " idf");
        }
        this.unit = unit;
        this.shortest = shortest;
        this.longest = longest;
        this.grams = List.copyOf(grams);
        this.idf = idf.clone();
        this.ids = HashMap.newHashMap(grams.size());
        for (String gram : grams) {
            ids.putIfAbsent(gram, ids.size());
        }
        for (float weight : idf) {
            if (!(weight > 0) || Float.isInfinite(weight)) {
                throw new IllegalArgumentException("idf " + weight);
            }
        }
        if (ids.size() != grams.size()) {
            throw new IllegalArgumentException(grams.size() + " grams, of which " + ids.size() + " differ");
        }
    }

    @JsonProperty("unit")
    public NgramUnit unit() {
        return unit;
    }

    @JsonProperty("shortest")
    public int shortest() {
        return shortest;
    }

    @JsonProperty("longest")
    public int longest() {
        return longest;
    }

    @JsonProperty("grams")
    public List<String> grams() {
        return grams;
    }

    @JsonProperty("idf")
    public float[] idf() {
        return idf.clone();
    }

    /// Told each known gram of a text with its weight, in the order of the ids.
    interface Sink {
        void gram(int id, float weight);
    }

    void weigh(String cleaned, Sink sink) {
        TreeMap<Integer, int[]> counts = new TreeMap<>();
        each(unit, shortest, longest, cleaned, gram -> {
            Integer id = ids.get(gram);
            if (id != null) {
                counts.computeIfAbsent(id, _ -> new int[1])[0]++;
            }
        });
        double squares = 0;
        for (Map.Entry<Integer, int[]> entry : counts.entrySet()) {
            double weight = weight(entry);
            squares += weight * weight;
        }
        double norm = Math.sqrt(squares);
        counts.entrySet().forEach(entry -> sink.gram(entry.getKey(), (float) (weight(entry) / norm)));
    }

    private double weight(Map.Entry<Integer, int[]> entry) {
        return (1 + Math.log(entry.getValue()[0])) * idf[entry.getKey()];
    }

    /// Told each gram of a text, as often as it occurs.
    static void each(NgramUnit unit, int shortest, int longest, String cleaned, Consumer<String> visitor) {
        String text = cleaned.toLowerCase(Locale.ROOT);
        switch (unit) {
            case WORDS -> words(text, shortest, longest, visitor);
            case CHARACTERS -> characters(text, shortest, longest, visitor);
        }
    }

    private static void words(String text, int shortest, int longest, Consumer<String> visitor) {
        String[] last = new String[longest]; // the words before, the newest at the end
        int seen = 0;
        int i = 0;
        while (i < text.length()) {
            int end = i;
            int units = 0;
            while (end < text.length() && isWord(text.codePointAt(end))) {
                end += Character.charCount(text.codePointAt(end));
                units++;
            }
            if (units >= 2) {
                System.arraycopy(last, 1, last, 0, longest - 1);
                last[longest - 1] = text.substring(i, end);
                seen++;
                for (int n = shortest; n <= Math.min(longest, seen); n++) {
                    visitor.accept(String.join(" ", Arrays.asList(last).subList(longest - n, longest)));
                }
            }
            i = units == 0 ? i + Character.charCount(text.codePointAt(i)) : end;
        }
    }

    private static void characters(String text, int shortest, int longest, Consumer<String> visitor) {
        String single = singleBlanks(text);
        int[] starts = new int[single.length() + 1];
        int count = 0;
        for (int i = 0; i < single.length(); i += Character.charCount(single.codePointAt(i))) {
            starts[count++] = i;
        }
        starts[count] = single.length();
        for (int n = shortest; n <= Math.min(longest, count); n++) {
            for (int i = 0; i + n <= count; i++) {
                visitor.accept(single.substring(starts[i], starts[i + n]));
            }
        }
    }

    private static String singleBlanks(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int end = i;
            while (end < text.length() && TextCleaner.isBlank(text.charAt(end))) {
                end++;
            }
            if (end - i < 2) {
                kept.append(text.charAt(i++));
            } else {
                kept.append(' ');
                i = end;
            }
        }
        return kept.toString();
    }

    private static boolean isWord(int c) {
        return c == '_'
                || Character.isLetterOrDigit(c)
                || switch (Character.getType(c)) {
                    case Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
                    default -> false;
                };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NgramTable that
                && unit == that.unit
                && shortest == that.shortest
                && longest == that.longest
                && grams.equals(that.grams)
                && Arrays.equals(idf, that.idf);
    }

    @Override
    public int hashCode() {
        return grams.hashCode();
    }
}
