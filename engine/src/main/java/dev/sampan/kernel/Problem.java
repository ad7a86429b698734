package dev.sampan.kernel;

import org.jspecify.annotations.Nullable;

/// A mistake or a state of the world that a person can mend.
///
/// @param code a stable name such as `spec.unknown_key`, for programs and for tests
/// @param sentence one clear sentence with the received value
/// @param place where: `sampan.yaml:12:5`, `questions.csv line 40`, a URL; null when there is none
/// @param remedy what to do: the nearest key, the allowed range, a command; null when the sentence says it
public record Problem(
        String code,
        String sentence,
        @Nullable String place,
        @Nullable String remedy) {
    public static Problem of(String code, String sentence) {
        return new Problem(code, sentence, null, null);
    }

    public Problem at(String where) {
        return new Problem(code, sentence, where, remedy);
    }

    public Problem remedy(String what) {
        return new Problem(code, sentence, place, what);
    }

    /// `place: sentence. remedy`, on one line.
    public String line() {
        String text = (place == null ? "" : place + ": ") + sentence;
        return remedy == null ? text : text + (text.endsWith(".") ? " " : ". ") + remedy;
    }
}
