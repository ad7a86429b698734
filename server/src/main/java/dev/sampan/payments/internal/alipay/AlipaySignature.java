package dev.sampan.payments.internal.alipay;

import dev.sampan.payments.internal.provider.Signing;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// RSA2: SHA256withRSA over all that is not empty, sorted by name, as `a=1&b=2`; of notifications without `sign`
/// and `sign_type`, of requests without `sign`.
final class AlipaySignature {
    private final PrivateKey own;
    private final List<PublicKey> theirs;

    /// @param theirs any of them will do
    AlipaySignature(PrivateKey own, List<PublicKey> theirs) {
        this.own = own;
        this.theirs = List.copyOf(theirs);
    }

    String sign(Map<String, String> form) {
        return Signing.sign(text(form, Set.of("sign")), own);
    }

    boolean verified(Map<String, String> notification) {
        return verified(text(notification, Set.of("sign", "sign_type")), notification.getOrDefault("sign", ""));
    }

    /// Of an answer: the letters of its node as they came.
    boolean verified(String text, String sign) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return theirs.stream().anyMatch(key -> Signing.verified(bytes, sign, key));
    }

    static String text(Map<String, String> form, Set<String> without) {
        return new TreeMap<>(form)
                .entrySet().stream()
                        .filter(field -> !field.getValue().isEmpty() && !without.contains(field.getKey()))
                        .map(field -> field.getKey() + "=" + field.getValue())
                        .collect(Collectors.joining("&"));
    }
}
