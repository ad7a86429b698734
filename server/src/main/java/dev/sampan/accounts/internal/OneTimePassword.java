package dev.sampan.accounts.internal;

import java.security.SecureRandom;

/// A password that is handed on and good for nothing but choosing one's own.
final class OneTimePassword {
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 5;
    private static final int GROUP = 4;

    private OneTimePassword() {}

    /// `k7mw-…`: five groups of four from 31 signs that are not mistaken for each other, 99 bits.
    static String make() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP; i++) {
            if (i > 0 && i % GROUP == 0) {
                password.append('-');
            }
            password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return password.toString();
    }
}
