package dev.sampan.payments.internal.alipay;

import dev.sampan.payments.internal.provider.Forged;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// `application/x-www-form-urlencoded` in UTF-8.
final class Form {
    private Form() {}

    static String write(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// @throws Forged when it is no form, or says a thing twice
    static Map<String, String> read(byte[] body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String field : new String(body, StandardCharsets.UTF_8).split("&")) {
            int equals = field.indexOf('=');
            if (equals < 0
                    || form.putIfAbsent(decode(field.substring(0, equals)), decode(field.substring(equals + 1)))
                            != null) {
                throw new Forged("no form");
            }
        }
        return form;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new Forged("no form");
        }
    }
}
