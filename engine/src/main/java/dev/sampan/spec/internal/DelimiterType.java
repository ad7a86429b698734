package dev.sampan.spec.internal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One character between the fields of a line; those that cannot be seen have names.
final class DelimiterType implements Type<Character> {
    private static final Map<String, Character> NAMES =
            Map.of("tab", '\t', "space", ' ', "comma", ',', "semicolon", ';', "pipe", '|');

    @Override
    public @Nullable Character read(Spot spot) {
        String text = TextTypes.textAt(spot);
        if (text == null) {
            return null;
        }
        Character named = NAMES.get(text);
        if (named != null) {
            return named;
        }
        boolean one = text.length() == 1 && !Character.isSurrogate(text.charAt(0));
        if (!one || "\"\r\n".contains(text)) {
            spot.problem(
                    Spot.OUT_OF_RANGE,
                    spot.name() + " must be one character, but is " + Scalars.quoted(text),
                    "Write for example ';', tab or space");
            return null;
        }
        return text.charAt(0);
    }

    @Override
    public Object write(Character value) {
        return switch (value) {
            case '\t' -> "tab";
            case ' ' -> "space";
            default -> value.toString();
        };
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "string", "minLength", 1, "maxLength", 9);
    }
}
