package dev.sampan.kernel;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// A 128-bit identifier that sorts by time: 48 bits of milliseconds, 80 random bits, written as 26 letters of
/// Crockford's base 32 (https://github.com/ulid/spec).
public record Ulid(long high, long low) implements Comparable<Ulid> {
    private static final char[] LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int LENGTH = 26;
    private static final SecureRandom RANDOM = new SecureRandom();

    public static Ulid next() {
        return next(InstantSource.system(), RANDOM);
    }

    /// With a clock and a source of randomness of one's own: simulations replay the same identifiers.
    public static Ulid next(InstantSource clock, RandomGenerator random) {
        long high = clock.millis() << 16 | random.nextLong() & 0xFFFF;
        return new Ulid(high, random.nextLong());
    }

    /// Reads the 26 letters; case is ignored.
    ///
    /// @throws IllegalArgumentException when `text` is not a ULID
    public static Ulid parse(String text) {
        if (text.length() != LENGTH || text.charAt(0) > '7') {
            throw new IllegalArgumentException("not a ULID: '" + text + "'");
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < LENGTH; i++) {
            int digit = digit(text.charAt(i), text);
            high = high << 5 | low >>> 59;
            low = low << 5 | digit;
        }
        return new Ulid(high, low);
    }

    private static int digit(char letter, String text) {
        char upper = Character.toUpperCase(letter);
        for (int i = 0; i < LETTERS.length; i++) {
            if (LETTERS[i] == upper) {
                return i;
            }
        }
        throw new IllegalArgumentException("not a ULID: '" + text + "' has the letter '" + letter + "'");
    }

    /// Milliseconds since 1970 when this identifier was made.
    public long epochMillis() {
        return high >>> 16;
    }

    @Override
    public int compareTo(Ulid other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        char[] text = new char[LENGTH];
        long upper = high;
        long lower = low;
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = LETTERS[(int) (lower & 31)];
            lower = lower >>> 5 | upper << 59;
            upper >>>= 5;
        }
        return new String(text);
    }
}
