package dev.sampan.privacy.internal;

import dev.sampan.privacy.PersonalData;

/// Chinese licence plates, GA 36-2018: a province's character, the authority's letter, and five characters without
/// I and O, the last perhaps 学, 警, 港, 澳, 挂 or 试; vehicles of new energy have six, with D or F first or last.
final class Plates {
    private static final String PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
    private static final String ENDS = "学警港澳挂试";

    private Plates() {}

    static void scan(Scan scan) {
        for (int i = 0; i + 6 < scan.length(); i++) {
            if (PROVINCES.indexOf(scan.at(i)) >= 0 && scan.letter(i + 1)) {
                int end = end(scan, i + 2);
                if (end > 0) {
                    scan.claim(PersonalData.LICENCE_PLATE, i, end);
                }
            }
        }
    }

    private static int end(Scan scan, int from) {
        int i = from;
        i += scan.at(i) == '·' || scan.at(i) == '•' || scan.at(i) == ' ' || scan.at(i) == '-' ? 1 : 0;
        int start = i;
        int digits = 0;
        while (serial(scan, i) && i - start < 7) {
            digits += scan.digit(i) ? 1 : 0;
            i++;
        }
        int length = i - start;
        if (length == 4 && ENDS.indexOf(scan.at(i)) >= 0) {
            return digits >= 2 ? i + 1 : 0;
        }
        boolean green = length == 6 && (power(scan.at(start)) || power(scan.at(i - 1)));
        return (length == 5 || green) && digits >= 2 && !scan.word(i) ? i : 0;
    }

    private static boolean serial(Scan scan, int i) {
        char c = scan.at(i);
        return scan.digit(i) || scan.letter(i) && "ioIO".indexOf(c) < 0;
    }

    private static boolean power(char c) {
        return "DFABCEGHJKdf".indexOf(c) >= 0;
    }
}
