package dev.sampan.privacy.internal;

import dev.sampan.privacy.PersonalData;
import java.util.Set;

/// What a URL gives away: `user:password` before its host, and parameters whose names promise a key.
final class UrlCredentials {
    private static final int PART_MAX = 512;
    private static final Set<String> KEYS = Set.of(
            "token",
            "access_token",
            "refresh_token",
            "id_token",
            "api_key",
            "apikey",
            "key",
            "secret",
            "client_secret",
            "password",
            "passwd",
            "pwd",
            "sig",
            "signature",
            "sign",
            "auth",
            "session",
            "sessionid",
            "code");

    private UrlCredentials() {}

    static void scan(Scan scan) {
        for (int i = 0; i + 2 < scan.length(); i++) {
            if (scan.at(i) == ':' && scan.at(i + 1) == '/' && scan.at(i + 2) == '/' && scan.letter(i - 1)) {
                i = parameters(scan, userInfo(scan, i + 3)) - 1;
            }
        }
    }

    /// @return where the host begins
    private static int userInfo(Scan scan, int from) {
        int colon = -1;
        int i = from;
        for (; i - from < PART_MAX && visible(scan, i) && "/?#".indexOf(scan.at(i)) < 0; i++) {
            if (scan.at(i) == ':' && colon < 0) {
                colon = i;
            }
            if (scan.at(i) == '@' && colon >= 0) {
                scan.claim(PersonalData.URL_CREDENTIALS, from, i);
                return i + 1;
            }
        }
        return from;
    }

    /// @return where the URL ends
    private static int parameters(Scan scan, int from) {
        int i = from;
        int name = -1;
        while (visible(scan, i)) {
            char c = scan.at(i);
            if (c == '?' || c == '&' || c == '#') {
                name = i + 1;
            } else if (c == '=' && name >= 0) {
                int end = value(scan, i + 1);
                if (i - name <= 16 && KEYS.contains(scan.folded(name, i).toLowerCase(java.util.Locale.ROOT))) {
                    scan.claim(PersonalData.URL_CREDENTIALS, i + 1, end);
                }
                name = -1;
                i = Math.max(i, end - 1);
            }
            i++;
        }
        return Math.max(i, from);
    }

    private static int value(Scan scan, int from) {
        int end = from;
        while (visible(scan, end) && scan.at(end) != '&' && scan.at(end) != '#') {
            end++;
        }
        return end;
    }

    /// A label that stands in a URL already ends it, so that it is not masked again.
    private static boolean visible(Scan scan, int i) {
        char c = scan.at(i);
        return c > ' ' && c <= '~' && "<>\"'`".indexOf(c) < 0;
    }
}
