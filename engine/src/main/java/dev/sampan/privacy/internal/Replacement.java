package dev.sampan.privacy.internal;

import dev.sampan.privacy.MaskStyle;
import dev.sampan.privacy.PersonalData;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What stands in the place of a found stretch.
///
/// @param salt of the hash, else null
public record Replacement(MaskStyle style, @Nullable String salt) {
    private static final String HMAC = "HmacSHA256";
    private static final int HASH_BYTES = 4;
    private static final String STARS = "****";

    public String of(PersonalData kind, String found) {
        return switch (style) {
            case LABEL -> "<" + kind + ">";
            case HASH -> "<" + kind + ":" + hash(found) + ">";
            case PARTIAL -> partial(kind, found);
        };
    }

    @SuppressWarnings("NullAway") // the mask demands a salt for this style
    private String hash(String found) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(salt.getBytes(StandardCharsets.UTF_8), HMAC));
            byte[] all = mac.doFinal(found.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, HASH_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    private static String partial(PersonalData kind, String found) {
        int length = found.length();
        return switch (kind) {
            case PHONE -> ends(found, 3, 4);
            case CHINESE_ID -> ends(found, 3, 4);
            case BANK_CARD -> ends(found, 4, 4);
            case PASSPORT -> ends(found, 1, 2);
            case LICENCE_PLATE -> ends(found, 2, 2);
            case SECRET -> ends(found, 3, 0);
            case URL_CREDENTIALS -> STARS;
            case IP_ADDRESS -> found.substring(0, firstPart(found)) + STARS;
            case EMAIL -> found.charAt(0) + "***" + found.substring(found.lastIndexOf('@'));
            case ADDRESS -> found.substring(0, region(found)) + STARS;
            case PERSON_NAME ->
                found.charAt(0) < 0x80
                        ? found.charAt(0) + "***"
                        : found.charAt(0) + "*".repeat(Math.max(1, length - 1));
        };
    }

    private static String ends(String found, int first, int last) {
        if (found.length() < first + last + 2) {
            return STARS;
        }
        return found.substring(0, first) + STARS + found.substring(found.length() - last);
    }

    private static int firstPart(String found) {
        int dot = found.indexOf('.');
        return (dot >= 0 ? dot : found.indexOf(':')) + 1;
    }

    /// Behind the district, or the city, or nothing.
    private static int region(String found) {
        for (String end : new String[] {"区", "县", "市", "省"}) {
            int at = found.indexOf(end);
            if (at > 0 && at < 12) {
                return at + 1;
            }
        }
        return 0;
    }
}
