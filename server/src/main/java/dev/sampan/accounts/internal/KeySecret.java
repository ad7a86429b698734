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
    private static final byte[] START_BYTES = START.getBytes(StandardCharsets.US_ASCII);
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
        long rest = crc(secret.toString().getBytes(StandardCharsets.US_ASCII), secret.length());
        for (int i = 0; i < CHECK; i++) {
            secret.append(digit(rest));
            rest /= LETTERS.length();
        }
        return secret.toString();
    }

    /// To be asked first: a header may carry much more.
    static boolean hasLength(String text) {
        return text.length() == LENGTH;
    }

    /// @param letters in UTF-8
    static boolean wellFormed(byte[] letters) {
        if (letters.length != LENGTH) {
            return false;
        }
        for (int i = 0; i < START_BYTES.length; i++) {
            if (letters[i] != START_BYTES[i]) {
                return false;
            }
        }
        long rest = crc(letters, LENGTH - CHECK);
        for (int i = LENGTH - CHECK; i < LENGTH; i++) {
            if (letters[i] != digit(rest)) {
                return false;
            }
            rest /= LETTERS.length();
        }
        return true;
    }

    static String prefix(String secret) {
        return secret.substring(0, SHOWN);
    }

    /// 190 random bits need no slow hash.
    static Sha256 hash(String secret) {
        return Sha256.of(secret);
    }

    private static long crc(byte[] letters, int length) {
        CRC32 crc = new CRC32();
        crc.update(letters, 0, length);
        return crc.getValue();
    }

    private static char digit(long rest) {
        return LETTERS.charAt((int) (rest % LETTERS.length()));
    }
}
