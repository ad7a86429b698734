package dev.sampan.accounts.internal;

import dev.sampan.kernel.Problem;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a password must be, after NIST SP 800-63B-4: long, since it is the only factor; any characters; nothing that is
/// among the first to be guessed. No rules of composition, no expiry, nothing cut off.
final class PasswordRules {
    static final int LETTERS_MIN = 15;
    /// Against hashing megabytes, not against long passwords.
    static final int LETTERS_MAX = 256;
    private static final int DIFFERENT_MIN = 5;

    /// Words that guessers begin with; a password made of these alone (and digits and signs) is refused.
    private static final List<String> COMMON = List.of(
            "password",
            "passwort",
            "passw0rd",
            "p@ssword",
            "p@ssw0rd",
            "qwertyuiop",
            "asdfghjkl",
            "zxcvbnm",
            "qwerty",
            "asdfgh",
            "letmein",
            "welcome",
            "iloveyou",
            "administrator",
            "admin",
            "changeme",
            "default",
            "dragon",
            "monkey",
            "football",
            "baseball",
            "sunshine",
            "princess",
            "superman",
            "batman",
            "trustno",
            "starwars",
            "whatever",
            "secret",
            "login",
            "master",
            "hello",
            "freedom",
            "sampan",
            "woaini",
            "mima",
            "abc",
            "test",
            "user",
            "root",
            "guest",
            "please",
            "let",
            "me",
            "in",
            "my",
            "is",
            "the",
            "this",
            "correcthorsebatterystaple");

    private PasswordRules() {}

    /// The form in which a password is hashed: the same letters, composed by another keyboard, are the same password.
    static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    /// @return why the password is not good enough
    static Optional<Problem> check(String member, String password) {
        String normal = normal(password);
        int letters = normal.codePointCount(0, normal.length());
        if (letters < LETTERS_MIN || letters > LETTERS_MAX) {
            return Optional.of(Problem.of(
                            "accounts.weak_password",
                            "A password has " + LETTERS_MIN + " to " + LETTERS_MAX + " characters, this has " + letters)
                    .remedy("Four or five words that have nothing to do with each other do well."));
        }
        if (normal.codePoints().distinct().count() < DIFFERENT_MIN || repeats(normal) || guessable(member, normal)) {
            return Optional.of(Problem.of("accounts.weak_password", "This password is among the first that are guessed")
                    .remedy("Four or five words that have nothing to do with each other do well."));
        }
        return Optional.empty();
    }

    /// `abcabcabcabcabc`: one short piece over and over.
    private static boolean repeats(String text) {
        for (int piece = 1; piece <= Math.min(8, text.length() / 2); piece++) {
            if (text.regionMatches(0, text, piece, text.length() - piece)) {
                return true;
            }
        }
        return false;
    }

    /// Nothing is left once common words, the member's name, runs such as `123456` and signs are taken away.
    private static boolean guessable(String member, String password) {
        String rest = password.toLowerCase(Locale.ROOT);
        rest = rest.replace(member.toLowerCase(Locale.ROOT), "");
        for (String word : COMMON) {
            rest = rest.replace(word, "");
        }
        return rest.codePoints().filter(Character::isLetter).count() < 4 && stepsAlone(rest);
    }

    /// Whether every digit or letter follows the one before it by the same small step, or there are hardly any.
    private static boolean stepsAlone(String rest) {
        int[] signs = rest.codePoints().filter(Character::isLetterOrDigit).toArray();
        int surprises = 0;
        for (int i = 1; i < signs.length; i++) {
            int step = signs[i] - signs[i - 1];
            if (Math.abs(step) > 1 && Math.abs(step) != 9) {
                surprises++;
            }
        }
        return surprises < 6;
    }
}
