package dev.sampan.payments.internal.provider;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signatures as providers use them: SHA256withRSA in base 64, HMAC-SHA256.
public final class Signing {
    private static final String RSA = "SHA256withRSA";

    private Signing() {}

    public static String sign(String text, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance(RSA);
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an RSA key that was read cannot sign", e);
        }
    }

    /// False for whatever is no signature of this text by this key.
    public static boolean verified(byte[] text, String signature, PublicKey key) {
        try {
            Signature check = Signature.getInstance(RSA);
            check.initVerify(key);
            check.update(text);
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return false;
        }
    }

    public static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }

    /// From PEM, or from the bare base 64 that Alipay's tool writes. PKCS#8.
    ///
    /// @param variable where it came from
    public static PrivateKey privateKey(String text, String variable) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bare(text)));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw unreadable(variable, "an RSA private key in PKCS#8 form")
                    .remedyOf("openssl pkcs8 -topk8 -nocrypt turns other forms into it");
        }
    }

    /// From a public key or a certificate, as PEM or as bare base 64.
    public static PublicKey publicKey(String text, String variable) {
        try {
            if (text.contains("BEGIN CERTIFICATE")) {
                return CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                        .getPublicKey();
            }
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(bare(text)));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw unreadable(variable, "an RSA public key or a certificate").remedyOf("Give it as PEM");
        }
    }

    private static byte[] bare(String pem) {
        StringBuilder letters = new StringBuilder();
        pem.lines().filter(line -> !line.startsWith("-----")).forEach(line -> letters.append(line.strip()));
        return Base64.getDecoder().decode(letters.toString());
    }

    private static Unreadable unreadable(String variable, String wanted) {
        return new Unreadable(Problem.of("payments.bad_secret", "The secret in " + variable + " is not " + wanted));
    }

    private record Unreadable(Problem problem) {
        ProblemException remedyOf(String remedy) {
            return new ProblemException(problem.remedy(remedy));
        }
    }
}
