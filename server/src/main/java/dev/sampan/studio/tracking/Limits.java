package dev.sampan.studio.tracking;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.util.Map;

/// How long names and values may be, in letters: MLflow's limits, so that what its client lets through fits here.
public final class Limits {
    public static final int KEY = 250;
    public static final int PARAM = 6_000;
    public static final int TAG = 8_000;
    public static final int EXPERIMENT_NAME = 500;
    public static final int EXPERIMENT_TAG = 20_000;
    public static final int ALIAS = 255;
    public static final int MODEL_TAG = 100_000;
    public static final int METRICS_IN_BATCH = 1_000;
    public static final int PARAMS_IN_BATCH = 100;
    public static final int TAGS_IN_BATCH = 100;
    public static final int ENTRIES_IN_BATCH = 1_000;

    private Limits() {}

    /// @throws ProblemException `tracking.invalid_key`
    public static String key(String key) {
        boolean letters =
                key.chars().allMatch(letter -> Character.isLetterOrDigit(letter) || "_-. :/@".indexOf(letter) >= 0);
        boolean path = !key.startsWith("/") && !(key + "/").contains("../") && !("/" + key + "/").contains("/./");
        if (key.isBlank() || key.length() > KEY || !letters || !path) {
            throw refusal(
                    "tracking.invalid_key",
                    "The key '" + cut(key) + "' is not allowed",
                    "Use 1 to " + KEY + " letters, digits, _ - . : / @ and blanks, and no way up as in ../");
        }
        return key;
    }

    /// A key of ours as MLflow allows it: letters it does not know become a low line, a long one is cut.
    static String fitted(String key) {
        StringBuilder fitted = new StringBuilder();
        key.codePoints()
                .map(letter -> Character.isLetterOrDigit(letter) || "_-. :/@".indexOf(letter) >= 0 ? letter : '_')
                .forEach(fitted::appendCodePoint);
        String whole = fitted.toString().replace("..", "_.").replaceFirst("^/", "_");
        return whole.length() > KEY ? whole.substring(0, KEY) : whole;
    }

    public static String param(String key, String value) {
        return within("param " + key, value, PARAM);
    }

    public static String tag(String key, String value) {
        return within("tag " + key, value, TAG);
    }

    /// @throws ProblemException `tracking.too_long`
    public static String within(String what, String value, int letters) {
        if (value.length() > letters) {
            throw refusal(
                    "tracking.too_long",
                    "The value of " + what + " has " + value.length() + " letters",
                    "At most " + letters + " are kept");
        }
        return value;
    }

    /// @throws ProblemException `tracking.too_many`
    public static void count(String what, int count, int max) {
        if (count > max) {
            throw refusal("tracking.too_many", "A batch holds " + count + " " + what, "Send at most " + max);
        }
    }

    static void tags(Map<String, String> tags, int letters) {
        tags.forEach((key, value) -> within("tag " + key(key), value, letters));
    }

    private static ProblemException refusal(String code, String sentence, String remedy) {
        return new ProblemException(Problem.of(code, sentence).remedy(remedy));
    }

    private static String cut(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
