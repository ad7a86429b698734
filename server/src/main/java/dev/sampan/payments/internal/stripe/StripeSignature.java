package dev.sampan.payments.internal.stripe;

import dev.sampan.payments.internal.provider.Forged;
import dev.sampan.payments.internal.provider.Signing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The header `Stripe-Signature: t=1492774577,v1=5257a8…,v1=…`: HMAC-SHA256, by any of the secrets in use, over
/// the seconds, a point and the body's bytes (https://docs.stripe.com/webhooks#verify-manually).
final class StripeSignature {
    private static final Duration TOLERANCE = Duration.ofSeconds(300);

    private StripeSignature() {}

    /// @throws Forged when no signature fits, or it was made more than 300 seconds ago or ahead
    static void verify(byte[] body, String header, List<String> secrets, Instant now) {
        String seconds = "";
        List<byte[]> given = new ArrayList<>();
        for (String part : header.split(",")) {
            if (part.startsWith("t=")) {
                seconds = part.substring(2);
            } else if (part.startsWith("v1=")) {
                given.add(part.substring(3).getBytes(StandardCharsets.US_ASCII));
            }
        }
        if (!signed(body, seconds, given, secrets)) {
            throw new Forged("no signature of a secret in use");
        }
        Duration away = Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now);
        if (away.abs().compareTo(TOLERANCE) > 0) {
            throw new Forged("signed " + away.toSeconds() + " s ago, more than " + TOLERANCE.toSeconds());
        }
    }

    private static boolean signed(byte[] body, String seconds, List<byte[]> given, List<String> secrets) {
        if (!isNumber(seconds)) {
            return false;
        }
        byte[] head = (seconds + ".").getBytes(StandardCharsets.US_ASCII);
        byte[] text = new byte[head.length + body.length];
        System.arraycopy(head, 0, text, 0, head.length);
        System.arraycopy(body, 0, text, head.length, body.length);
        boolean fits = false;
        for (String secret : secrets) {
            byte[] right = HexFormat.of()
                    .formatHex(Signing.hmac(secret.getBytes(StandardCharsets.UTF_8), text))
                    .getBytes(StandardCharsets.US_ASCII);
            for (byte[] one : given) {
                fits |= MessageDigest.isEqual(right, one); // each is looked at, so that the time tells nothing
            }
        }
        return fits;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 12 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
