package dev.sampan.payments.simulator;

import com.sun.net.httpserver.HttpExchange;
import dev.sampan.kernel.Json;
import dev.sampan.payments.simulator.StripeSimulator.Sent;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Alipay's gateway as far as we ask it. It refuses what the app has not signed, and signs what it says and
/// tells.
public final class AlipaySimulator extends Loopback {
    public static final String APP = "2026112400000000";

    public final Rsa app = Rsa.fresh();
    public final Rsa alipay = Rsa.fresh();
    private final Map<String, Map<String, Object>> trades = new LinkedHashMap<>();
    private final Map<String, String> refunds = new LinkedHashMap<>();
    private boolean mixUp;

    @Override
    synchronized Said answer(HttpExchange exchange, byte[] body) {
        Map<String, String> form = form(new String(body, StandardCharsets.UTF_8));
        String sign = form.remove("sign");
        String name = form.get("method").replace('.', '_') + "_response";
        if (sign == null || !app.verifies(text(form), sign)) {
            return new Said(
                    200,
                    "{\"" + name + "\":{\"code\":\"40002\",\"msg\":\"Invalid Arguments\","
                            + "\"sub_code\":\"isv.invalid-signature\",\"sub_msg\":\"验签出错\"}}");
        }
        String node = Json.write(called(form.get("method"), Json.MAPPER.readTree(form.get("biz_content"))));
        String signed = mixUp ? node.replace("10000", "10001") : node;
        return new Said(200, "{\"" + name + "\":" + node + ",\"sign\":\"" + alipay.sign(signed) + "\"}");
    }

    private Map<String, Object> called(String method, JsonNode content) {
        String id = content.path("out_trade_no").asString("");
        if (id.isEmpty()) {
            id = content.path("trade_no").asString("").replaceFirst("^2026T", "");
        }
        if (method.equals("alipay.trade.precreate")) {
            trades.putIfAbsent(id, trade(id, content.path("total_amount").asString()));
            return Map.of(
                    "code",
                    "10000",
                    "msg",
                    "Success",
                    "out_trade_no",
                    id,
                    "qr_code",
                    "https://qr.alipay.com/" + id + "?a={\"b\":1}");
        }
        Map<String, Object> trade = trades.get(id);
        if (trade == null || !method.equals("alipay.trade.precreate") && trade.get("trade_status") == null) {
            return Map.of(
                    "code", "40004", "msg", "Business Failed", "sub_code", "ACQ.TRADE_NOT_EXIST", "sub_msg", "交易不存在");
        }
        String request = content.path("out_request_no").asString("");
        return switch (method) {
            case "alipay.trade.refund" -> {
                refunds.putIfAbsent(request, content.path("refund_amount").asString());
                yield Map.of("code", "10000", "msg", "Success", "fund_change", "Y");
            }
            case "alipay.trade.fastpay.refund.query" ->
                refunds.containsKey(request)
                        ? Map.of(
                                "code",
                                "10000",
                                "msg",
                                "Success",
                                "refund_amount",
                                refunds.get(request),
                                "refund_status",
                                "REFUND_SUCCESS",
                                "out_request_no",
                                request)
                        : Map.of("code", "10000", "msg", "Success");
            case "alipay.trade.close" -> {
                trade.put("trade_status", "TRADE_CLOSED");
                yield Map.of("code", "10000", "msg", "Success");
            }
            default -> {
                Map<String, Object> answer = new HashMap<>(trade);
                answer.put("code", "10000");
                answer.put("msg", "Success");
                yield answer;
            }
        };
    }

    private static Map<String, Object> trade(String id, String amount) {
        Map<String, Object> trade = new HashMap<>();
        trade.put("out_trade_no", id);
        trade.put("trade_no", "2026T" + id);
        trade.put("total_amount", amount);
        return trade;
    }

    /// The payer scans and pays.
    public synchronized void pay(String id) {
        put(id, "trade_status", "TRADE_SUCCESS");
    }

    public synchronized void put(String id, String key, String value) {
        Objects.requireNonNull(trades.get(id)).put(key, value);
    }

    public synchronized int refunds() {
        return refunds.size();
    }

    /// A refund made on Alipay's own pages.
    public synchronized void refundThere(String request, String amount) {
        refunds.put(request, amount);
    }

    /// From now on its answers carry the signature of another answer.
    public synchronized void mixUpSignatures(boolean on) {
        mixUp = on;
    }

    /// What Alipay tells of a trade as it stands here.
    public synchronized Map<String, String> told(String event, String id) {
        Map<String, Object> trade = Objects.requireNonNull(trades.get(id));
        Map<String, String> told = new LinkedHashMap<>();
        told.put("notify_id", event);
        told.put("notify_type", "trade_status_sync");
        told.put("notify_time", "2026-11-24 18:00:00");
        told.put("app_id", APP);
        told.put("charset", "utf-8");
        told.put("version", "1.0");
        told.put("subject", "海港 & 茶");
        trade.forEach((key, value) -> told.put(key, String.valueOf(value)));
        return told;
    }

    /// As after a refund: the sum of all so far, and the id of the last.
    public synchronized Map<String, String> toldRefund(String event, String id, String request, String sum) {
        Map<String, String> told = told(event, id);
        told.put("gmt_refund", "2026-11-24 18:30:00.123");
        told.put("refund_fee", sum);
        told.put("out_biz_no", request);
        return told;
    }

    public Sent sent(Map<String, String> told) {
        return sentBy(told, alipay);
    }

    public static Sent sentBy(Map<String, String> told, Rsa key) {
        Map<String, String> form = new LinkedHashMap<>(told);
        form.put("sign", key.sign(text(told)));
        form.put("sign_type", "RSA2");
        return body(form);
    }

    public static Sent body(Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return new Sent(body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private static String text(Map<String, String> form) {
        return new TreeMap<>(form)
                .entrySet().stream()
                        .filter(field -> !field.getValue().isEmpty())
                        .map(field -> field.getKey() + "=" + field.getValue())
                        .collect(Collectors.joining("&"));
    }

    public BigDecimal amount(String id) {
        return new BigDecimal(
                String.valueOf(Objects.requireNonNull(trades.get(id)).get("total_amount")));
    }
}
