package dev.sampan.spec.internal;

import dev.sampan.kernel.Nearest;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `auto`, or a character set that this Java knows, kept as written.
record EncodingType() implements Type<String> {
    @Override
    public @Nullable String read(Spot spot) {
        String name = TextTypes.textAt(spot);
        if (name == null || name.equals("auto") || known(name)) {
            return name;
        }
        String near = Nearest.of(name, Charset.availableCharsets().keySet());
        spot.problem(
                Spot.OUT_OF_RANGE,
                spot.name() + " is " + Scalars.quoted(name) + ", which names no character set",
                near == null ? "Write auto, UTF-8 or GB18030" : "Did you mean '" + near + "'?");
        return null;
    }

    private static boolean known(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalCharsetNameException _) {
            return false;
        }
    }

    @Override
    public Object write(String value) {
        return value;
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "string", "minLength", 1);
    }
}
