package dev.sampan.privacy.internal;

import dev.sampan.privacy.PersonalData;

/// IPv4 in four decimal parts, and IPv6 in its eight groups or shortened by `::` (RFC 4291 2.2). A clock's
/// 12:30:45 has neither.
final class IpAddresses {
    private static final int V6_MAX = 45;

    private IpAddresses() {}

    static void scan(Scan scan) {
        int i = 0;
        while (i < scan.length()) {
            if (scan.digit(i) && !joined(scan, i - 1)) {
                int end = version4(scan, i);
                if (end > 0) {
                    scan.claim(PersonalData.IP_ADDRESS, i, end);
                }
            }
            if (hex(scan, i) && !hex(scan, i - 1) && !scan.word(i - 1) && scan.at(i - 1) != ':') {
                int end = version6(scan, i);
                if (end > 0) {
                    scan.claim(PersonalData.IP_ADDRESS, i, end);
                }
            }
            i++;
        }
    }

    private static boolean joined(Scan scan, int i) {
        return scan.word(i) || scan.at(i) == '.' || scan.at(i) == '_';
    }

    private static int version4(Scan scan, int from) {
        int i = from;
        for (int part = 0; part < 4; part++) {
            int value = 0;
            int start = i;
            while (scan.digit(i) && i - start < 4) {
                value = value * 10 + scan.at(i) - '0';
                i++;
            }
            if (i == start || i - start > 3 || value > 255) {
                return 0;
            }
            if (part < 3 && scan.at(i++) != '.') {
                return 0;
            }
        }
        boolean ends = !scan.word(i) && !(scan.at(i) == '.' && scan.digit(i + 1));
        return ends ? i : 0;
    }

    private static boolean hex(Scan scan, int i) {
        char c = scan.at(i);
        return scan.digit(i) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private static int version6(Scan scan, int from) {
        int i = from;
        int groups = 0;
        int gaps = 0;
        boolean decimal = false;
        while (i - from < V6_MAX) {
            int start = i;
            while (hex(scan, i) && i - start < 5) {
                decimal |= scan.digit(i);
                i++;
            }
            if (i - start > 4) {
                return 0;
            }
            groups += i > start ? 1 : 0;
            if (scan.at(i) != ':' || !hex(scan, i + 1) && scan.at(i + 1) != ':') {
                break;
            }
            if (scan.at(i + 1) == ':') {
                gaps++;
                i += hex(scan, i + 2) ? 2 : 1;
                if (!hex(scan, i)) {
                    i++;
                    break;
                }
            } else {
                i++;
            }
        }
        boolean whole = groups == 8 && gaps == 0;
        boolean shortened = gaps == 1 && groups >= 2 && groups < 8 && decimal;
        return (whole || shortened) && !scan.word(i) && scan.at(i) != ':' ? i : 0;
    }
}
