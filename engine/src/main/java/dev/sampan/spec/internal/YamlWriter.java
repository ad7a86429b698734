package dev.sampan.spec.internal;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A tree of maps, lists and scalars → YAML 1.2 text: blocks of keys on lines of their own, indented by two blanks;
/// lists of scalars and short maps inside lists in one line.
public final class YamlWriter {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_ ./@+-]*");

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    public static String write(Map<String, ?> document) {
        YamlWriter writer = new YamlWriter();
        writer.block(document, 0);
        return writer.out.toString();
    }

    private void block(Map<?, ?> map, int indent) {
        map.forEach((key, value) -> {
            out.repeat(' ', indent).append(scalar(key)).append(':');
            switch (value) {
                case Map<?, ?> inner
                when !inner.isEmpty() -> {
                    out.append('\n');
                    block(inner, indent + 2);
                }
                case List<?> list
                when list.stream().anyMatch(Map.class::isInstance) -> {
                    out.append('\n');
                    list.forEach(item -> out.repeat(' ', indent + 2)
                            .append("- ")
                            .append(item(item))
                            .append('\n'));
                }
                case null -> out.append(" null\n");
                default -> out.append(' ').append(inline(value)).append('\n');
            }
        });
    }

    /// `dedupe: {near: 0.9}` after a dash needs no braces of its own.
    private static String item(Object item) {
        return item instanceof Map<?, ?> map && map.size() == 1 ? pairs(map) : inline(item);
    }

    private static String inline(Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> map -> "{" + pairs(map) + "}";
            case List<?> list ->
                "[" + String.join(", ", list.stream().map(YamlWriter::inline).toList()) + "]";
            default -> scalar(value);
        };
    }

    private static String pairs(Map<?, ?> map) {
        return String.join(
                ", ",
                map.entrySet().stream()
                        .map(e -> scalar(e.getKey()) + ": " + inline(e.getValue()))
                        .toList());
    }

    private static String scalar(Object value) {
        if (value instanceof Double number && Math.abs(number) >= 1e-7 && Math.abs(number) < 1e7) {
            return number.toString().contains("E") ? BigDecimal.valueOf(number).toPlainString() : number.toString();
        }
        if (!(value instanceof String text)) {
            return value.toString();
        }
        boolean plain = PLAIN.matcher(text).matches() && !Scalars.isTyped(text) && !text.endsWith(" ");
        return plain ? text : quoted(text);
    }

    /// Double-quoted, every letter that could be misread escaped (YAML 1.2 §7.3.1).
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (Character.isISOControl(c)
                    || c >= 0xD800 && c < 0xE000
                    || c == 0x2028
                    || c == 0x2029
                    || c == 0xFEFF
                    || c == 0xFFFE
                    || c == 0xFFFF) {
                quoted.append("\\u%04X".formatted(c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}
