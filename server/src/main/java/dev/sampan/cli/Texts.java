package dev.sampan.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// What the command line says, in the language of the terminal: Chinese when `LC_ALL`, `LC_MESSAGES` or `LANG` begins
/// with `zh`, English otherwise.
final class Texts {
    private static final Locale LANGUAGE = language();
    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle(
            "messages.cli",
            LANGUAGE,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));

    private Texts() {}

    static String get(String key, Object... values) {
        return new MessageFormat(BUNDLE.getString(key), LANGUAGE).format(values);
    }

    static boolean has(String key) {
        return BUNDLE.containsKey(key);
    }

    static Locale locale() {
        return LANGUAGE;
    }

    private static Locale language() {
        for (String variable : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
            String value = System.getenv(variable);
            if (value != null && !value.isEmpty()) {
                return value.startsWith("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
            }
        }
        return Locale.ENGLISH;
    }
}
