package dev.sampan.payments.simulator;

import com.sun.net.httpserver.HttpExchange;
import dev.sampan.kernel.Json;
import dev.sampan.payments.simulator.StripeSimulator.Sent;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/// WeChat Pay v3 as far as we ask it. It refuses what the merchant has not signed, signs what it says, and seals
/// what it tells.
public final class WeChatSimulator extends Loopback {
    public static final String MERCHANT = "1900000001";
    public static final String APP = "wx8888888888888888";
    public static final String SERIAL = "5157F09EFDC096DE15EBE81A47057A72";
    public static final String API_KEY = "0123456789abcdef0123456789ABCDEF";
    public static final String PLATFORM = "PUB_KEY_ID_0001";
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "WECHATPAY2-SHA256-RSA2048 mchid=\"([^\"]*)\",nonce_str=\"([^\"]*)\",signature=\"([^\"]*)\","
                    + "timestamp=\"(\\d+)\",serial_no=\"([^\"]*)\"");

    public final Rsa merchant = Rsa.fresh();
    public final Rsa platform = Rsa.fresh();
    private final Supplier<Instant> clock;
    private final Map<String, Map<String, Object>> orders = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> refunds = new LinkedHashMap<>();
    private boolean unsigned;
    private int count;

    public WeChatSimulator(Supplier<Instant> clock) {
        this.clock = clock;
    }

    @Override
    synchronized Said answer(HttpExchange exchange, byte[] body) {
        String path = exchange.getRequestURI().getRawPath();
        String query = exchange.getRequestURI().getRawQuery();
        String whole = path + (query == null ? "" : "?" + query);
        if (!signed(exchange, whole, new String(body, StandardCharsets.UTF_8))) {
            return new Said(401, "{\"code\":\"SIGN_ERROR\",\"message\":\"错误的签名\"}");
        }
        JsonNode asked = body.length == 0 ? Json.MAPPER.createObjectNode() : Json.MAPPER.readTree(body);
        if (path.equals("/v3/pay/transactions/native")) {
            return ordered(asked);
        }
        if (path.startsWith("/v3/pay/transactions/out-trade-no/")) {
            return path.endsWith("/close") ? closed(path.split("/")[5]) : order(path.split("/")[5]);
        }
        if (path.equals("/v3/refund/domestic/refunds")) {
            return refunded(asked);
        }
        if (path.startsWith("/v3/refund/domestic/refunds/")) {
            Map<String, Object> refund = refunds.get(path.split("/")[5]);
            return refund == null
                    ? new Said(404, "{\"code\":\"RESOURCE_NOT_EXISTS\",\"message\":\"退款单不存在\"}")
                    : new Said(200, Json.write(refund));
        }
        return path.equals("/v3/bill/tradebill")
                ? new Said(
                        200,
                        Json.write(Map.of(
                                "hash_type",
                                "SHA1",
                                "hash_value",
                                sha1(bill()),
                                "download_url",
                                address() + "/v3/billdownload/file?token=t")))
                : new Said(200, bill());
    }

    private boolean signed(HttpExchange exchange, String path, String body) {
        Matcher header = AUTHORIZATION.matcher(
                Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), ""));
        return header.matches()
                && header.group(1).equals(MERCHANT)
                && header.group(5).equals(SERIAL)
                && merchant.verifies(
                        exchange.getRequestMethod() + "\n" + path + "\n" + header.group(4) + "\n" + header.group(2)
                                + "\n" + body + "\n",
                        header.group(3));
    }

    private Said ordered(JsonNode asked) {
        String id = asked.path("out_trade_no").asString();
        Map<String, Object> order = new HashMap<>();
        order.put("appid", asked.path("appid").asString());
        order.put("mchid", asked.path("mchid").asString());
        order.put("out_trade_no", id);
        order.put("trade_state", "NOTPAY");
        order.put("amount", Map.of("total", asked.at("/amount/total").asLong(), "currency", "CNY"));
        orders.putIfAbsent(id, order);
        return new Said(200, Json.write(Map.of("code_url", "weixin://wxpay/bizpayurl?pr=" + id)));
    }

    private Said order(String id) {
        Map<String, Object> order = orders.get(id);
        return order == null
                ? new Said(404, "{\"code\":\"ORDER_NOT_EXIST\",\"message\":\"订单不存在\"}")
                : new Said(200, Json.write(order));
    }

    private Said closed(String id) {
        Map<String, Object> order = orders.get(id);
        if (order == null || "SUCCESS".equals(order.get("trade_state"))) {
            return new Said(400, "{\"code\":\"ORDERPAID\",\"message\":\"订单已支付\"}");
        }
        order.put("trade_state", "CLOSED");
        return new Said(204, null);
    }

    private Said refunded(JsonNode asked) {
        String id = asked.path("out_refund_no").asString();
        Map<String, Object> known = refunds.get(id);
        if (known != null) {
            return new Said(200, Json.write(known));
        }
        Map<String, Object> refund = new HashMap<>();
        refund.put("out_refund_no", id);
        refund.put("out_trade_no", asked.path("out_trade_no").asString());
        refund.put("refund_id", "5030000" + ++count);
        refund.put("status", "PROCESSING");
        refund.put(
                "amount",
                Map.of(
                        "refund",
                        asked.at("/amount/refund").asLong(),
                        "total",
                        asked.at("/amount/total").asLong()));
        refunds.put(id, refund);
        return new Said(200, Json.write(refund));
    }

    public synchronized int refunds() {
        return refunds.size();
    }

    /// The payer scans and pays.
    public synchronized void pay(String id) {
        Map<String, Object> order = Objects.requireNonNull(orders.get(id));
        order.put("trade_state", "SUCCESS");
        order.put("transaction_id", "4200" + id);
        order.put("success_time", "2026-11-24T18:00:00+08:00");
    }

    public synchronized void put(String id, String key, Object value) {
        Objects.requireNonNull(orders.get(id)).put(key, value);
    }

    /// From now on answers come without a signature, as from somebody in between.
    public synchronized void sayUnsigned(boolean without) {
        unsigned = without;
    }

    @Override
    void sign(HttpExchange exchange, byte[] body) {
        if (!unsigned) {
            headers(body, clock.get(), platform, PLATFORM)
                    .forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        }
    }

    private static Map<String, String> headers(byte[] body, Instant at, Rsa key, String serial) {
        String seconds = Long.toString(at.getEpochSecond());
        String text = seconds + "\nnonce\n" + new String(body, StandardCharsets.UTF_8) + "\n";
        return Map.of(
                "wechatpay-timestamp",
                seconds,
                "wechatpay-nonce",
                "nonce",
                "wechatpay-serial",
                serial,
                "wechatpay-signature",
                key.sign(text));
    }

    /// That an order was paid, as it stands here.
    public synchronized byte[] paid(String event, String id) {
        return sealed(event, "TRANSACTION.SUCCESS", Objects.requireNonNull(orders.get(id)), API_KEY);
    }

    /// That a refund was done.
    public synchronized byte[] refundDone(String event, String refund, String status) {
        Map<String, Object> known = new HashMap<>(Objects.requireNonNull(refunds.get(refund)));
        known.put("mchid", MERCHANT);
        known.put("transaction_id", "4200" + known.get("out_trade_no"));
        known.put("refund_status", status);
        return sealed(event, "REFUND." + status, known, API_KEY);
    }

    public static byte[] sealed(String event, String type, Map<String, Object> content, String apiKey) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            String nonce = "fdasfjihihih";
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(apiKey.getBytes(StandardCharsets.UTF_8), "AES"),
                    new GCMParameterSpec(128, nonce.getBytes(StandardCharsets.UTF_8)));
            cipher.updateAAD("transaction".getBytes(StandardCharsets.UTF_8));
            String text = Base64.getEncoder()
                    .encodeToString(cipher.doFinal(Json.write(content).getBytes(StandardCharsets.UTF_8)));
            return Json.write(Map.of(
                            "id",
                            event,
                            "create_time",
                            "2026-11-21T18:00:00+08:00",
                            "event_type",
                            type,
                            "resource_type",
                            "encrypt-resource",
                            "resource",
                            Map.of(
                                    "algorithm",
                                    "AEAD_AES_256_GCM",
                                    "ciphertext",
                                    text,
                                    "associated_data",
                                    "transaction",
                                    "nonce",
                                    nonce)))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public Sent sent(byte[] body, Instant at) {
        return new Sent(body, headers(body, at, platform, PLATFORM));
    }

    public static Sent sentBy(byte[] body, Instant at, Rsa key, String serial) {
        return new Sent(body, headers(body, at, key, serial));
    }

    private String bill() {
        StringBuilder bill = new StringBuilder(
                "\uFEFF交易时间,公众账号ID,商户号,微信订单号,商户订单号,交易状态,货币种类," + "应结订单金额,微信退款单号,商户退款单号,退款金额,订单金额,申请退款金额\r\n");
        orders.values().stream()
                .filter(one -> "SUCCESS".equals(one.get("trade_state")))
                .forEach(one -> bill.append(String.join(
                                ",",
                                "`2026-11-24 18:00:00",
                                "`" + APP,
                                "`" + MERCHANT,
                                "`" + one.get("transaction_id"),
                                "`" + one.get("out_trade_no"),
                                "`SUCCESS",
                                "`CNY",
                                "`" + yuan(one.get("amount"), "total"),
                                "`0",
                                "`0",
                                "`0.00",
                                "`" + yuan(one.get("amount"), "total"),
                                "`0.00")
                        + "\r\n"));
        refunds.values()
                .forEach(one -> bill.append(String.join(
                                ",",
                                "`2026-11-24 18:00:00",
                                "`" + APP,
                                "`" + MERCHANT,
                                "`4200" + one.get("out_trade_no"),
                                "`" + one.get("out_trade_no"),
                                "`REFUND",
                                "`CNY",
                                "`0.00",
                                "`" + one.get("refund_id"),
                                "`" + one.get("out_refund_no"),
                                "`" + yuan(one.get("amount"), "refund"),
                                "`0.00",
                                "`" + yuan(one.get("amount"), "refund"))
                        + "\r\n"));
        return bill + "总交易单数,应结订单总金额\r\n`1,`1.00\r\n";
    }

    private static String yuan(Object amount, String key) {
        long fen = (long) Objects.requireNonNull(((Map<?, ?>) amount).get(key));
        return "%d.%02d".formatted(fen / 100, fen % 100);
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
