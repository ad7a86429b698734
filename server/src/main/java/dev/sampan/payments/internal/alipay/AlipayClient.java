package dev.sampan.payments.internal.alipay;

import dev.sampan.kernel.Json;
import dev.sampan.payments.internal.provider.ProviderTrouble;
import dev.sampan.payments.internal.provider.Wire;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Alipay's gateway: one address, the method in the form. What is not signed by Alipay has not been said.
final class AlipayClient {
    static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Wire wire;
    private final URI gateway;
    private final String app;
    private final AlipaySignature signature;
    private final InstantSource clock;

    AlipayClient(Wire wire, URI gateway, String app, AlipaySignature signature, InstantSource clock) {
        this.wire = wire;
        this.gateway = gateway;
        this.app = app;
        this.signature = signature;
        this.clock = clock;
    }

    /// @param extra beside the content: `notify_url`, `return_url`
    /// @throws ProviderTrouble.Refused with Alipay's `sub_code`
    JsonNode call(String method, Map<String, Object> content, Map<String, String> extra) {
        Wire.Answer answer = wire.send(HttpRequest.newBuilder(gateway)
                .header("Content-Type", "application/x-www-form-urlencoded;charset=utf-8")
                .POST(BodyPublishers.ofString(Form.write(signed(method, content, extra)))));
        if (answer.status() != 200) {
            throw new ProviderTrouble.Away("Alipay answered " + answer.status(), null);
        }
        JsonNode node = node(answer.text(), method.replace('.', '_') + "_response");
        String code = node.path("code").asString("");
        if (code.equals("10000")) {
            return node;
        }
        String detail = node.path("sub_code").asString(code);
        // 20000: fault over there. ACQ.SYSTEM_ERROR: its outcome is unknown.
        if (code.equals("20000") || detail.endsWith("SYSTEM_ERROR")) {
            throw new ProviderTrouble.Away("Alipay answered " + detail, null);
        }
        throw new ProviderTrouble.Refused(
                detail, node.path("sub_msg").asString(node.path("msg").asString("")));
    }

    /// An address of Alipay's own page, signed.
    URI page(String method, Map<String, Object> content, Map<String, String> extra) {
        return URI.create(gateway + "?" + Form.write(signed(method, content, extra)));
    }

    private Map<String, String> signed(String method, Map<String, Object> content, Map<String, String> extra) {
        Map<String, String> form = new LinkedHashMap<>(extra);
        form.put("app_id", app);
        form.put("method", method);
        form.put("format", "JSON");
        form.put("charset", "utf-8");
        form.put("sign_type", "RSA2");
        form.put("timestamp", time(clock.instant()));
        form.put("version", "1.0");
        form.put("biz_content", Json.write(content));
        form.put("sign", signature.sign(form));
        return form;
    }

    static String time(Instant at) {
        return SECONDS.format(at.atZone(BEIJING));
    }

    private JsonNode node(String text, String name) {
        JsonNode whole;
        try {
            whole = Json.MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new ProviderTrouble.Away("Alipay answered without JSON", e);
        }
        if (whole.has("error_response")) {
            JsonNode error = whole.path("error_response");
            throw new ProviderTrouble.Refused(
                    error.path("sub_code").asString(error.path("code").asString("error")),
                    error.path("sub_msg").asString(error.path("msg").asString("")));
        }
        String letters = SignedNode.letters(text, name);
        String sign = whole.path("sign").asString("");
        // A refusal of the request itself (bad signature, unknown app) comes unsigned; it moves no money.
        boolean refused =
                sign.isEmpty() && whole.path(name).path("code").asString("").startsWith("4");
        if (!refused && (letters == null || !signature.verified(letters, sign))) {
            throw new ProviderTrouble.Away("An answer that is not Alipay's", null);
        }
        return whole.path(name);
    }
}
