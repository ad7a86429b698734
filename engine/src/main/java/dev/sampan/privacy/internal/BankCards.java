package dev.sampan.privacy.internal;

import dev.sampan.privacy.PersonalData;
import java.util.List;

/// Card numbers: an issuer's prefix with the length its cards have (ISO/IEC 7812; the issuers' published ranges), and
/// Luhn's check (ISO/IEC 7812-1 annex B). Written in one piece, in fours, or in American Express's 4-6-5.
final class BankCards {
    private static final int SHORTEST = 13;
    private static final int LONGEST = 19;

    private BankCards() {}

    static void scan(Scan scan) {
        for (Digits run : Digits.all(scan)) {
            int groups = run.groups().size();
            for (int g = 0; g < groups; g++) {
                for (int to = Math.min(groups, g + 5); to > g; to--) {
                    Digits part = run.part(g, to);
                    if (written(part.groups()) && isCard(part.digits()) && alone(scan, part)) {
                        scan.claim(PersonalData.BANK_CARD, part.start(), part.end());
                    }
                }
            }
        }
    }

    private static boolean alone(Scan scan, Digits part) {
        return !scan.word(part.start() - 1) && !scan.word(part.end()) && scan.at(part.start() - 1) != '.';
    }

    private static boolean written(List<Integer> groups) {
        if (groups.size() == 1 || groups.equals(List.of(4, 6, 5)) || groups.equals(List.of(6, 13))) {
            return true;
        }
        return groups.subList(0, groups.size() - 1).stream().allMatch(length -> length == 4) && groups.getLast() <= 4;
    }

    static boolean isCard(String digits) {
        int length = digits.length();
        return length >= SHORTEST && length <= LONGEST && issued(digits, length) && luhn(digits);
    }

    /// UnionPay 62 and the older 9558, 95599 and 60; Visa 4; Mastercard 51–55, 2221–2720; American Express 34, 37;
    /// JCB 3528–3589; Diners 300–305, 36, 38; Discover 6011, 644–649, 65; Maestro 50, 56–58, 63, 67, 68.
    private static boolean issued(String digits, int length) {
        int two = Integer.parseInt(digits.substring(0, 2));
        int three = Integer.parseInt(digits.substring(0, 3));
        int four = Integer.parseInt(digits.substring(0, 4));
        return switch (digits.charAt(0)) {
            case '2' -> four >= 2221 && four <= 2720 && length == 16;
            case '3' ->
                (two == 34 || two == 37) && length == 15
                        || four >= 3528 && four <= 3589 && length == 16
                        || (three <= 305 || two == 36 || two == 38) && length == 14;
            case '4' -> length == 13 || length == 16 || length == 19;
            case '5' -> two >= 51 && two <= 55 ? length == 16 : two != 59 && length >= 16;
            case '6' -> length >= 16;
            case '9' -> (four == 9558 || four == 9559) && length >= 16;
            default -> false;
        };
    }

    static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 1 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
