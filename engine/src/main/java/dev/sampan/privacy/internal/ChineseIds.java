package dev.sampan.privacy.internal;

import dev.sampan.privacy.PersonalData;
import java.time.YearMonth;
import java.util.Set;

/// Resident identity numbers, GB 11643-1999: six digits of place, eight of birth, three of order, and a check
/// character by ISO 7064 MOD 11-2. The old number of fifteen has six of place, six of birth, three of order and no
/// check.
final class ChineseIds {
    private static final Set<String> PROVINCES = Set.of(
            "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
            "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";
    private static final int NEW = 18;
    private static final int OLD = 15;
    private static final int BIRTH = 6;
    private static final int YEAR_MIN = 1880;
    private static final int YEAR_MAX = 2099;

    private ChineseIds() {}

    static void scan(Scan scan) {
        for (Digits run : Digits.all(scan)) {
            int groups = run.groups().size();
            for (int g = 0; g < groups; g++) {
                for (int to = g + 1; to <= Math.min(groups, g + 4); to++) {
                    claim(scan, run.part(g, to), to - g);
                }
            }
        }
    }

    private static void claim(Scan scan, Digits digits, int groups) {
        boolean x = scan.at(digits.end()) == 'X' || scan.at(digits.end()) == 'x';
        int end = digits.end() + (x && digits.count() == NEW - 1 ? 1 : 0);
        if (scan.word(digits.start() - 1) || scan.word(end)) {
            return;
        }
        String number = digits.digits() + (end > digits.end() ? "X" : "");
        boolean oneWord = groups == 1 || digits.groups().getFirst() == BIRTH;
        if (oneWord && (isNew(number) || groups == 1 && isOld(number))) {
            scan.claim(PersonalData.CHINESE_ID, digits.start(), end);
        }
    }

    static boolean isNew(String number) {
        if (number.length() != NEW
                || !PROVINCES.contains(number.substring(0, 2))
                || !date(number.substring(BIRTH, BIRTH + 4), number.substring(BIRTH + 4, BIRTH + 8))) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (number.charAt(i) - '0');
        }
        return CHECKS.charAt(sum % CHECKS.length()) == number.charAt(NEW - 1);
    }

    static boolean isOld(String number) {
        return number.length() == OLD
                && PROVINCES.contains(number.substring(0, 2))
                && date("19" + number.substring(BIRTH, BIRTH + 2), number.substring(BIRTH + 2, BIRTH + 6));
    }

    private static boolean date(String yyyy, String mmdd) {
        int year = Integer.parseInt(yyyy);
        int month = Integer.parseInt(mmdd.substring(0, 2));
        int day = Integer.parseInt(mmdd.substring(2));
        return year >= YEAR_MIN
                && year <= YEAR_MAX
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
    }
}
