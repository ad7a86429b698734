package dev.sampan.billing.internal.plans;

import java.security.SecureRandom;

/// Codes that people type: four groups of four letters and digits that are not taken for one another, 80 bits.
final class Codes {
    private static final String LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ0123456789";
    private static final int GROUPS = 4;
    private static final int LENGTH = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Codes() {}

    static String next() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < GROUPS * LENGTH; i++) {
            if (i > 0 && i % LENGTH == 0) {
                code.append('-');
            }
            code.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return code.toString();
    }
}
