package dev.sampan.privacy.internal;

import dev.sampan.privacy.PersonalData;

/// Passport numbers. China's ordinary ones are E or G and eight digits, E, a letter and seven, or D, S, P, H with
/// their kind and digits; they are taken as they stand. Other nine-character codes are many things, so they count
/// only near the word: 护照, 通行证 or passport in the 24 characters before.
final class Passports {
    private static final int NEAR = 24;
    private static final int SHORTEST = 7;
    private static final int LONGEST = 9;

    private Passports() {}

    static void scan(Scan scan) {
        int i = 0;
        while (i < scan.length()) {
            int end = i;
            int digits = 0;
            while (scan.word(end)) {
                digits += scan.digit(end) ? 1 : 0;
                end++;
            }
            if (end == i) {
                i++;
                continue;
            }
            int length = end - i;
            boolean form = length >= SHORTEST && length <= LONGEST && digits >= 6 && capitals(scan, i, end);
            if (form && scan.at(i - 1) != '_' && (chinese(scan, i, length, digits) || near(scan, i))) {
                scan.claim(PersonalData.PASSPORT, i, end);
            }
            i = end;
        }
    }

    private static boolean capitals(Scan scan, int from, int to) {
        for (int i = from; i < to; i++) {
            if (scan.at(i) >= 'a') {
                return false;
            }
        }
        return true;
    }

    private static boolean chinese(Scan scan, int start, int length, int digits) {
        char first = scan.at(start);
        boolean plain = length == 9 && digits == 8 && (first == 'E' || first == 'G');
        boolean lettered = length == 9 && digits == 7 && first == 'E' && scan.letter(start + 1);
        return plain || lettered;
    }

    private static boolean near(Scan scan, int start) {
        for (int i = Math.max(0, start - NEAR); i < start; i++) {
            if (scan.starts(i, "护照") || scan.starts(i, "通行证") || scan.starts(i, "passport")) {
                return true;
            }
        }
        return false;
    }
}
