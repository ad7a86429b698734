package dev.sampan.spec.internal;

import dev.sampan.kernel.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Texts, names and choices.
final class TextTypes {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private TextTypes() {}

    /// Any text of 1 to 1,000 letters without control characters.
    static Type<String> text() {
        return new Text();
    }

    /// A name that can stand in a URL: lower-case letters, digits, `.`, `-`, `_`, at most 64, a letter or digit first.
    static Type<String> name() {
        return new Name();
    }

    /// The constants of an enum, in lower case.
    ///
    /// @param later values of the whole vision that this version does not run
    static <E extends Enum<E>> Type<E> choice(Class<E> type, String... later) {
        Map<String, E> known = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            known.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        return new Choice<>(known, List.of(later));
    }

    /// One of these words.
    static Type<String> word(List<String> words, String... later) {
        Map<String, String> known = new LinkedHashMap<>();
        words.forEach(word -> known.put(word, word));
        return new Choice<>(known, List.of(later));
    }

    /// `true` or `false`; YAML 1.2 knows no `yes` and no `on`.
    static Type<Boolean> truth() {
        return new Truth();
    }

    /// The text written here; null after telling that it is none.
    static @Nullable String textAt(Spot spot) {
        if (spot.node() instanceof Tree.Leaf leaf) {
            if (!leaf.plain() || !Scalars.isTyped(leaf.text())) {
                return leaf.text();
            }
            spot.wrongType("text", leaf.isNull() ? null : "Write it in quotation marks: \"" + leaf.text() + "\"");
            return null;
        }
        spot.wrongType("text", null);
        return null;
    }

    private record Text() implements Type<String> {
        private static final int LENGTH_MAX = 1000;

        @Override
        public @Nullable String read(Spot spot) {
            String text = textAt(spot);
            if (text == null) {
                return null;
            }
            if (text.isBlank()
                    || text.length() > LENGTH_MAX
                    || text.codePoints().anyMatch(Character::isISOControl)) {
                spot.problem(
                        Spot.OUT_OF_RANGE,
                        spot.name() + " must have 1 to 1000 letters on one line, but is " + Scalars.quoted(text),
                        null);
                return null;
            }
            return text;
        }

        @Override
        public Object write(String value) {
            return value;
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("type", "string");
            schema.put("minLength", 1);
            schema.put("maxLength", LENGTH_MAX);
            return schema;
        }
    }

    private record Name() implements Type<String> {
        @Override
        public @Nullable String read(Spot spot) {
            String text = textAt(spot);
            if (text == null || NAME.matcher(text).matches()) {
                return text;
            }
            spot.problem(
                    Spot.OUT_OF_RANGE,
                    spot.name() + " is " + Scalars.quoted(text) + ", which cannot stand in a web address",
                    "Use 1 to 64 of: lower-case letters, digits, '.', '-', '_'; first a letter or digit");
            return null;
        }

        @Override
        public Object write(String value) {
            return value;
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("type", "string");
            schema.put("pattern", "^" + NAME.pattern() + "$");
            return schema;
        }
    }

    private record Truth() implements Type<Boolean> {
        @Override
        public @Nullable Boolean read(Spot spot) {
            if (spot.node() instanceof Tree.Leaf leaf && leaf.plain() && Scalars.isBool(leaf.text())) {
                return leaf.text().equalsIgnoreCase("true");
            }
            spot.wrongType("true or false", null);
            return null;
        }

        @Override
        public Object write(Boolean value) {
            return value;
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("type", "boolean");
        }
    }

    private record Choice<T>(Map<String, T> known, List<String> later) implements Type<T> {
        @Override
        public @Nullable T read(Spot spot) {
            String wanted = known.size() == 1
                    ? "'" + known.keySet().iterator().next() + "'"
                    : "one of " + String.join(", ", known.keySet());
            if (!(spot.node() instanceof Tree.Leaf leaf) || leaf.isNull()) {
                spot.wrongType(wanted, null);
                return null;
            }
            T value = known.get(leaf.text());
            if (value == null && later.contains(leaf.text())) {
                spot.problem(
                        Spot.NOT_YET,
                        spot.name() + ": " + Scalars.quoted(leaf.text()) + " is not in this version",
                        "Use " + wanted);
            } else if (value == null) {
                String near = Nearest.of(leaf.text(), known.keySet());
                spot.problem(
                        Spot.OUT_OF_RANGE,
                        spot.name() + " must be " + wanted + ", but is " + Scalars.quoted(leaf.text()),
                        near == null ? null : "Did you mean '" + near + "'?");
            }
            return value;
        }

        @Override
        public Object write(T value) {
            return known.entrySet().stream()
                    .filter(e -> e.getValue().equals(value))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no word for " + value));
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("enum", List.copyOf(known.keySet()));
        }
    }
}
