package dev.sampan.payments.internal.wechat;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.payments.internal.provider.Forged;
import dev.sampan.payments.internal.provider.Signing;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Signatures and seals of WeChat Pay v3.
///
/// @param platform what WeChat Pay signs with, by the serial it names
final class WeChatSignature {
    private static final Duration TOLERANCE = Duration.ofSeconds(300);
    private static final int KEY_BYTES = 32;
    private static final int TAG_BITS = 128;

    private final String merchant;
    private final String serial;
    private final PrivateKey own;
    private final byte[] sealKey;
    private final Map<String, PublicKey> platform;

    /// @param sealKey the APIv3 key
    WeChatSignature(String merchant, String serial, PrivateKey own, String sealKey, Map<String, PublicKey> platform) {
        this.merchant = merchant;
        this.serial = serial;
        this.own = own;
        this.sealKey = sealKey.getBytes(StandardCharsets.UTF_8);
        this.platform = Map.copyOf(platform);
        if (this.sealKey.length != KEY_BYTES) {
            throw new ProblemException(Problem.of(
                            "payments.bad_secret",
                            "The APIv3 key of WeChat Pay has " + this.sealKey.length + " bytes, not " + KEY_BYTES)
                    .remedy("Take the one set under API security of the merchant platform"));
        }
    }

    /// The header `Authorization`.
    ///
    /// @param path with its query
    /// @param nonce new for each request
    String authorization(String method, String path, String body, Instant now, String nonce) {
        long seconds = now.getEpochSecond();
        String text = method + "\n" + path + "\n" + seconds + "\n" + nonce + "\n" + body + "\n";
        return "WECHATPAY2-SHA256-RSA2048 mchid=\"" + merchant + "\",nonce_str=\"" + nonce + "\",signature=\""
                + Signing.sign(text, own) + "\",timestamp=\"" + seconds + "\",serial_no=\"" + serial + "\"";
    }

    /// Of an answer or a notification.
    ///
    /// @param header name → value, empty where there is none
    /// @throws Forged when it is not WeChat Pay's, or more than 300 seconds old
    void verify(UnaryOperator<String> header, byte[] body, Instant now) {
        PublicKey key = platform.get(header.apply("Wechatpay-Serial"));
        if (key == null) {
            throw new Forged("signed by an unknown key");
        }
        String seconds = header.apply("Wechatpay-Timestamp");
        byte[] head = (seconds + "\n" + header.apply("Wechatpay-Nonce") + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] text = new byte[head.length + body.length + 1];
        System.arraycopy(head, 0, text, 0, head.length);
        System.arraycopy(body, 0, text, head.length, body.length);
        text[text.length - 1] = '\n';
        if (!Signing.verified(text, header.apply("Wechatpay-Signature"), key)) {
            throw new Forged("no signature of the platform's");
        }
        if (Duration.between(instant(seconds), now).abs().compareTo(TOLERANCE) > 0) {
            throw new Forged("signed at " + seconds + ", more than " + TOLERANCE.toSeconds() + " s away");
        }
    }

    private static Instant instant(String seconds) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (NumberFormatException | java.time.DateTimeException _) {
            throw new Forged("no time");
        }
    }

    /// Opens what a notification carries.
    ///
    /// @throws Forged when it was sealed by another key, or changed
    byte[] open(String ciphertext, String nonce, @Nullable String associated) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(sealKey, "AES"),
                    new GCMParameterSpec(TAG_BITS, nonce.getBytes(StandardCharsets.UTF_8)));
            if (associated != null) {
                cipher.updateAAD(associated.getBytes(StandardCharsets.UTF_8));
            }
            return cipher.doFinal(Base64.getDecoder().decode(ciphertext));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw new Forged("sealed by another key");
        }
    }
}
