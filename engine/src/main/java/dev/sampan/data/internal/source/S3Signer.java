package dev.sampan.data.internal.source;

import dev.sampan.kernel.Sha256;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// AWS Signature Version 4 of requests without a body
/// (docs.aws.amazon.com, "Authenticating Requests: Using the Authorization Header").
final class S3Signer {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final String EMPTY = Sha256.of("").hex();

    private final String key;
    private final String secret;
    private final @Nullable String token;
    private final String region;
    private final Clock clock;

    S3Signer(String key, String secret, @Nullable String token, String region, Clock clock) {
        this.key = key;
        this.secret = secret;
        this.token = token;
        this.region = region;
        this.clock = clock;
    }

    /// Headers to add to the request. The query must be sorted and encoded already.
    Map<String, String> headers(URI uri, String method) {
        String time = TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
        TreeMap<String, String> signed = new TreeMap<>();
        signed.put("host", uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort());
        signed.put("x-amz-content-sha256", EMPTY);
        signed.put("x-amz-date", time);
        if (token != null) {
            signed.put("x-amz-security-token", token);
        }
        String names = String.join(";", signed.keySet());
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        String canonical = method + "\n" + path + "\n" + query + "\n"
                + signed.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                        .collect(Collectors.joining())
                + "\n" + names + "\n" + EMPTY;
        String scope = time.substring(0, 8) + "/" + region + "/s3/aws4_request";
        String toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + Sha256.of(canonical);
        String signature = HexFormat.of().formatHex(hmac(signingKey(time.substring(0, 8)), toSign));
        Map<String, String> headers = new TreeMap<>(signed);
        headers.remove("host"); // the client writes it
        headers.put(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + key + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                        + signature);
        return headers;
    }

    private byte[] signingKey(String day) {
        byte[] dated = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), day);
        return hmac(hmac(hmac(dated, region), "s3"), "aws4_request");
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /// Percent-encoding as AWS wants it: all but letters, digits and `-_.~`, in capitals.
    ///
    /// @param path slashes stay
    static String encode(String text, boolean path) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (plain || "-_.~".indexOf(c) >= 0 || (path && c == '/')) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
