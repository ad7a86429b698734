package dev.sampan.privacy.internal;

import dev.sampan.privacy.PersonalData;
import java.util.List;
import java.util.Set;

/// Telephone numbers. Mainland mobiles are eleven digits from 13 to 19; landlines an area code of three or four
/// digits and seven or eight more, the code perhaps in brackets; service numbers 400 and 800 of ten. Behind a `+`
/// eight to fifteen digits (ITU-T E.164). In North America's writing (415) 555-2671 both groups begin with 2 to 9.
final class Phones {
    private static final int MOBILE = 11;
    /// First three of the four-digit area codes.
    private static final Set<String> AREAS = Set.of(
            "031", "033", "034", "035", "037", "039", "041", "042", "043", "045", "046", "047", "048", "051", "052",
            "053", "054", "055", "056", "057", "058", "059", "063", "066", "069", "071", "072", "073", "074", "075",
            "076", "077", "079", "081", "082", "083", "085", "087", "088", "089", "090", "091", "093", "094", "095",
            "097", "099");

    private Phones() {}

    static void scan(Scan scan) {
        for (Digits run : Digits.all(scan)) {
            if (international(scan, run) || bracketed(scan, run)) {
                continue;
            }
            int groups = run.groups().size();
            for (int g = 0; g < groups; g++) {
                for (int to = Math.min(groups, g + 4); to > g; to--) {
                    plain(scan, run.part(g, to));
                }
            }
        }
    }

    private static boolean international(Scan scan, Digits run) {
        boolean plus = scan.at(run.start() - 1) == '+';
        return plus
                && run.count() >= 8
                && run.count() <= 15
                && run.groups().size() <= 6
                && !scan.word(run.start() - 2)
                && !scan.word(run.end())
                && scan.claim(PersonalData.PHONE, run.start() - 1, run.end());
    }

    /// `(010) 6255-1234` and `(415) 555-2671`: the code is a run of its own, closed by a bracket.
    private static boolean bracketed(Scan scan, Digits run) {
        boolean bracket = scan.at(run.start() - 1) == '(' && scan.at(run.end()) == ')';
        if (!bracket || run.count() < 3 || run.count() > 4) {
            return false;
        }
        int from = run.end() + 1;
        from += scan.at(from) == ' ' || scan.at(from) == '-' ? 1 : 0;
        StringBuilder digits = new StringBuilder(run.digits());
        int end = from;
        while (scan.digit(end) || (scan.at(end) == '-' || scan.at(end) == ' ') && scan.digit(end + 1)) {
            if (scan.digit(end)) {
                digits.append(scan.at(end));
            }
            if (digits.length() > 12) {
                return false;
            }
            end++;
        }
        String number = digits.toString();
        return !scan.word(end)
                && (landline(number) || northAmerican(number))
                && scan.claim(PersonalData.PHONE, run.start() - 1, extension(scan, end));
    }

    private static void plain(Scan scan, Digits part) {
        if (scan.word(part.start() - 1) || scan.word(part.end()) || decimal(scan, part)) {
            return;
        }
        String digits = part.digits();
        List<Integer> groups = part.groups();
        boolean whole = groups.size() == 1;
        if (mobile(digits) && (whole || groups.getFirst() == 3 || prefixed(digits) && groups.size() <= 4)
                || landline(digits) && (whole || groups.getFirst() == (digits.charAt(1) <= '2' ? 3 : 4))
                || service(digits)
                || groups.equals(List.of(3, 3, 4)) && northAmerican(digits)) {
            scan.claim(PersonalData.PHONE, part.start(), extension(scan, part.end()));
        }
    }

    private static boolean decimal(Scan scan, Digits part) {
        boolean before = scan.at(part.start() - 1) == '.' && scan.digit(part.start() - 2);
        boolean after = scan.at(part.end()) == '.' && scan.digit(part.end() + 1);
        return before || after;
    }

    private static boolean prefixed(String digits) {
        return digits.length() > MOBILE;
    }

    private static boolean mobile(String digits) {
        String number = digits.startsWith("0086") ? digits.substring(4) : digits;
        number = number.length() == MOBILE + 2 && number.startsWith("86") ? number.substring(2) : number;
        return number.length() == MOBILE && number.charAt(0) == '1' && number.charAt(1) >= '3';
    }

    /// 010 and 02x take eight digits, the four-digit codes seven or eight.
    private static boolean landline(String digits) {
        if (digits.length() < 10 || digits.charAt(0) != '0' || digits.charAt(1) == '0') {
            return false;
        }
        boolean three = digits.charAt(1) == '1' || digits.charAt(1) == '2';
        int rest = digits.length() - (three ? 3 : 4);
        char first = digits.charAt(three ? 3 : 4);
        return (three ? digits.charAt(1) != '1' || digits.charAt(2) == '0' : AREAS.contains(digits.substring(0, 3)))
                && first >= '2'
                && (rest == 8 || rest == 7 && !three);
    }

    private static boolean service(String digits) {
        return digits.length() == 10 && (digits.startsWith("400") || digits.startsWith("800"));
    }

    private static boolean northAmerican(String digits) {
        return digits.length() == 10 && digits.charAt(0) >= '2' && digits.charAt(3) >= '2';
    }

    /// `转801`, `ext. 12`, `-8012` belongs to the number.
    private static int extension(Scan scan, int end) {
        int at = end;
        if (scan.at(at) == ' ') {
            at++;
        }
        if (scan.at(at) == '转') {
            at++;
        } else if (scan.starts(at, "ext")) {
            at += 3;
            at += scan.at(at) == '.' ? 1 : 0;
        } else {
            return end;
        }
        at += scan.at(at) == ' ' ? 1 : 0;
        int from = at;
        while (scan.digit(at) && at - from < 6) {
            at++;
        }
        return at > from && !scan.digit(at) ? at : end;
    }
}
