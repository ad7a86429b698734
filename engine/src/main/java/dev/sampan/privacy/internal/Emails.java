package dev.sampan.privacy.internal;

import dev.sampan.privacy.PersonalData;

/// E-mail addresses around each `@`: at most 64 characters of local part, a domain of at most 255 with a dot, and
/// a last label of letters (RFC 5321 4.5.3.1).
final class Emails {
    private static final int LOCAL_MAX = 64;
    private static final int DOMAIN_MAX = 255;

    private Emails() {}

    static void scan(Scan scan) {
        for (int at = 0; at < scan.length(); at++) {
            if (scan.at(at) == '@') {
                int start = local(scan, at);
                int end = domain(scan, at + 1);
                if (start < at && end > 0) {
                    scan.claim(PersonalData.EMAIL, start, end);
                }
            }
        }
    }

    private static int local(Scan scan, int at) {
        int start = at;
        while (at - start < LOCAL_MAX && (scan.word(start - 1) || "._%+-".indexOf(scan.at(start - 1)) >= 0)) {
            start--;
        }
        while (start < at && !scan.word(start)) {
            start++;
        }
        return start;
    }

    /// @return behind the last letter, or 0
    private static int domain(Scan scan, int from) {
        int end = from;
        while (end - from < DOMAIN_MAX && (scan.word(end) || scan.at(end) == '.' || scan.at(end) == '-')) {
            end++;
        }
        while (end > from && !scan.word(end - 1)) {
            end--;
        }
        int letters = 0;
        while (scan.letter(end - 1 - letters) && end - letters > from) {
            letters++;
        }
        boolean dotted = scan.at(end - 1 - letters) == '.' && end - 1 - letters > from;
        return letters >= 2 && dotted && scan.word(from) ? end : 0;
    }
}
