package dev.sampan.accounts.internal;

import dev.sampan.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/// The secret of an API key: `sk-sampan-`, 32 random letters and digits (190 bits), and 6 more that are the CRC-32 of
/// what stands before them, so that scanners know a leaked key from chance text and a mistyped one costs no look-up.
final class KeySecret {
    static final String START = "sk-sampan-";
    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM = 32;
    private static final int CHECK = 6;
    private static final int LENGTH = START.length() + RANDOM + CHECK;
    private static final int SHOWN = START.length() + 4;

    private KeySecret() {}

    static String make(RandomGenerator random) {
        StringBuilder secret = new StringBuilder(START);
        for (int i = 0; i < RANDOM; i++) {
            secret.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return secret.append(check(secret.toString())).toString();
    }

    static boolean wellFormed(String secret) {
        return secret.length() == LENGTH
                && secret.startsWith(START)
                && secret.endsWith(check(secret.substring(0, LENGTH - CHECK)));
    }

    static String prefix(String secret) {
        return secret.substring(0, SHOWN);
    }

    /// 190 random bits need no slow hash.
    static Sha256 hash(String secret) {
        return Sha256.of(secret);
    }

    private static String check(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        long rest = crc.getValue();
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < CHECK; i++) {
            digits.append(LETTERS.charAt((int) (rest % LETTERS.length())));
            rest /= LETTERS.length();
        }
        return digits.toString();
    }
}
