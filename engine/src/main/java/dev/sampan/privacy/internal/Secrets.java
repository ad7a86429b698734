package dev.sampan.privacy.internal;

import dev.sampan.privacy.PersonalData;
import java.util.List;
import java.util.Map;

/// Keys and passwords: by the prefixes their issuers give them, as a private key's block, as JSON Web Tokens,
/// behind a name that promises one, and as long words that look drawn by lot.
final class Secrets {
    /// Prefix and the least number of characters behind it.
    private static final Map<String, Integer> PREFIXES = Map.ofEntries(
            Map.entry("sk-", 16), // OpenAI, Anthropic and those who copy them
            Map.entry("sk_live_", 10), // Stripe
            Map.entry("sk_test_", 10),
            Map.entry("rk_live_", 10),
            Map.entry("pk_live_", 10),
            Map.entry("whsec_", 16),
            Map.entry("ghp_", 20), // GitHub
            Map.entry("gho_", 20),
            Map.entry("ghu_", 20),
            Map.entry("ghs_", 20),
            Map.entry("ghr_", 20),
            Map.entry("github_pat_", 20),
            Map.entry("glpat-", 16), // GitLab
            Map.entry("xoxb-", 16), // Slack
            Map.entry("xoxp-", 16),
            Map.entry("xoxa-", 16),
            Map.entry("hf_", 20), // Hugging Face
            Map.entry("npm_", 20),
            Map.entry("pypi-", 20),
            Map.entry("AKIA", 16), // Amazon
            Map.entry("ASIA", 16),
            Map.entry("AIza", 30), // Google
            Map.entry("ya29.", 20),
            Map.entry("LTAI", 12), // Alibaba Cloud
            Map.entry("AKID", 16), // Tencent Cloud
            Map.entry("SG.", 20)); // SendGrid
    private static final List<String> NAMES = List.of(
            "password",
            "passwd",
            "passphrase",
            "pwd",
            "secret",
            "token",
            "api_key",
            "api-key",
            "apikey",
            "api key",
            "access_key",
            "access key",
            "private_key",
            "密码",
            "口令",
            "密钥",
            "令牌",
            "秘钥");
    private static final int VALUE_MIN = 6;
    private static final int VALUE_MAX = 256;
    private static final int LOT_MIN = 24;
    private static final double LOT_BITS = 3.7;
    /// Of neighbours in a word drawn from letters of both cases and digits, two in three differ in kind; in names
    /// made of words, one in three.
    private static final double LOT_CHANGES = 0.45;

    private Secrets() {}

    static void scan(Scan scan) {
        blocks(scan);
        int i = 0;
        while (i < scan.length()) {
            if (!part(scan, i)) {
                i++;
                continue;
            }
            int end = i;
            while (part(scan, end)) {
                end++;
            }
            word(scan, i, end);
            i = end;
        }
        named(scan);
    }

    private static boolean part(Scan scan, int i) {
        char c = scan.at(i);
        return scan.word(i) || c == '_' || c == '-' || c == '.' || c == '+' || c == '=';
    }

    private static void word(Scan scan, int start, int end) {
        int last = end;
        while (last > start && (scan.at(last - 1) == '.' || scan.at(last - 1) == '-')) {
            last--;
        }
        int from = start;
        for (int i = start; i < last; i++) { // behind `key=`
            if (scan.at(i) == '=' && i + 1 < last && scan.at(i + 1) != '=') {
                from = i + 1;
            }
        }
        if (last - from > VALUE_MAX * 16) {
            return; // a file's content, not a key
        }
        String word = scan.folded(from, last);
        boolean token =
                word.startsWith("eyJ") && word.chars().filter(c -> c == '.').count() == 2 && word.length() > 40;
        if (token || prefixed(word) || last - from <= VALUE_MAX && drawnByLot(word)) {
            scan.claim(PersonalData.SECRET, from, last);
        }
    }

    private static boolean prefixed(String word) {
        for (Map.Entry<String, Integer> prefix : PREFIXES.entrySet()) {
            if (word.startsWith(prefix.getKey())
                    && word.length() >= prefix.getKey().length() + prefix.getValue()
                    && word.chars().anyMatch(c -> c >= '0' && c <= '9' || c >= 'A' && c <= 'Z')) {
                return true;
            }
        }
        return false;
    }

    private static boolean drawnByLot(String word) {
        if (word.length() < LOT_MIN || word.indexOf('.') >= 0) {
            return false;
        }
        int[] seen = new int[128];
        int[] kinds = new int[4];
        int changes = 0;
        for (int i = 0; i < word.length(); i++) {
            seen[word.charAt(i)]++;
            kinds[kind(word.charAt(i))]++;
            changes += i > 0 && kind(word.charAt(i)) != kind(word.charAt(i - 1)) ? 1 : 0;
        }
        double bits = 0;
        for (int count : seen) {
            double share = (double) count / word.length();
            bits -= count == 0 ? 0 : share * Math.log(share) / Math.log(2);
        }
        boolean mixed = kinds[0] > 0 && kinds[1] > 0 && kinds[2] > 1;
        return mixed && bits >= LOT_BITS && changes >= LOT_CHANGES * (word.length() - 1);
    }

    private static int kind(char c) {
        return c >= 'a' && c <= 'z' ? 0 : c >= 'A' && c <= 'Z' ? 1 : c >= '0' && c <= '9' ? 2 : 3;
    }

    private static void blocks(Scan scan) {
        String text = scan.text();
        String end = "PRIVATE KEY-----";
        for (int at = text.indexOf("-----BEGIN "); at >= 0; at = text.indexOf("-----BEGIN ", at + 1)) {
            int opened = text.indexOf(end, at);
            if (opened < 0) {
                return;
            }
            if (opened - at > 64) {
                continue;
            }
            int closed = text.indexOf("-----END ", opened);
            int last = closed < 0 ? -1 : text.indexOf("-----", closed + 9);
            int to = last < 0 ? text.length() : last + 5;
            scan.claim(PersonalData.SECRET, at, to);
            at = to - 1;
        }
    }

    private static void named(Scan scan) {
        for (int i = 0; i < scan.length(); i++) {
            for (String name : NAMES) {
                if (scan.starts(i, name)) {
                    value(scan, i + name.length());
                    i += name.length() - 1;
                    break;
                }
            }
        }
    }

    private static void value(Scan scan, int behind) {
        int i = quoted(scan, blanks(scan, behind));
        i = blanks(scan, i);
        if (scan.at(i) == ':' || scan.at(i) == '=' || scan.at(i) == '是' || scan.at(i) == '为') {
            i++;
        } else if (scan.starts(i, "is ")) {
            i += 3;
        } else {
            return;
        }
        int start = quoted(scan, blanks(scan, i));
        int end = start;
        boolean telling = false;
        while (end - start < VALUE_MAX && !ends(scan, end)) {
            telling |= !scan.letter(end) || kind(scan.at(end)) == 1 && end > start;
            end++;
        }
        while (end > start && ".!?".indexOf(scan.at(end - 1)) >= 0) {
            end--;
        }
        if (telling && end - start >= VALUE_MIN) {
            scan.claim(PersonalData.SECRET, start, end);
        }
    }

    private static boolean ends(Scan scan, int i) {
        char c = scan.at(i);
        return c <= ' ' || c > '~' || "\"'`<>,;".indexOf(c) >= 0;
    }

    private static int blanks(Scan scan, int from) {
        int i = from;
        while (scan.at(i) == ' ' && i - from < 4) {
            i++;
        }
        return i;
    }

    private static int quoted(Scan scan, int i) {
        return scan.at(i) == '"' || scan.at(i) == '\'' || scan.at(i) == '`' ? i + 1 : i;
    }
}
