package dev.sampan.payments.internal.alipay;

import dev.sampan.kernel.Money;
import dev.sampan.payments.internal.provider.Forged;
import dev.sampan.payments.internal.provider.Notice;
import dev.sampan.payments.internal.provider.PaymentProvider;
import dev.sampan.payments.internal.provider.ProviderTrouble;
import dev.sampan.payments.internal.provider.Signing;
import dev.sampan.payments.internal.provider.Wire;
import dev.sampan.spec.PaymentsSpec.Alipay;
import dev.sampan.spec.PaymentsSpec.Show;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Alipay: a code that is scanned (precreate), or Alipay's own page (page.pay).
public final class AlipayProvider implements PaymentProvider {
    private static final String NONE = "ACQ.TRADE_NOT_EXIST";

    private final Alipay spec;
    private final Wire wire;
    private final AlipaySignature signature;
    private final AlipayClient client;

    /// @param secrets environment variable → secret
    public AlipayProvider(Alipay spec, Map<String, String> secrets, Wire wire, InstantSource clock) {
        this.spec = spec;
        this.wire = wire;
        this.signature = new AlipaySignature(
                Signing.privateKey(Objects.requireNonNull(secrets.get(spec.privateKey())), spec.privateKey()),
                spec.publicKeys().stream()
                        .map(name -> Signing.publicKey(Objects.requireNonNull(secrets.get(name)), name))
                        .toList());
        this.client = new AlipayClient(wire, spec.baseUrl(), spec.appId(), signature, clock);
    }

    @Override
    public Checkout createCheckout(Demand demand) {
        Map<String, Object> content = new HashMap<>();
        content.put("out_trade_no", demand.id().toString());
        content.put("total_amount", decimal(demand.amount()));
        content.put("subject", demand.title().replaceAll("[/=&]", " "));
        content.put("time_expire", AlipayClient.time(demand.expiresAt()));
        Map<String, String> tell = Map.of("notify_url", demand.tell().toString());
        if (spec.show() == Show.PAGE) {
            content.put("product_code", "FAST_INSTANT_TRADE_PAY");
            Map<String, String> extra = new HashMap<>(tell);
            extra.put("return_url", demand.back().toString());
            return Checkout.page(null, client.page("alipay.trade.page.pay", content, extra));
        }
        JsonNode answer = client.call("alipay.trade.precreate", content, tell);
        return Checkout.qr(answer.path("qr_code").asString());
    }

    private static String decimal(Money money) {
        return money.amount()
                .setScale(money.currency().getDefaultFractionDigits())
                .toPlainString();
    }

    /// A notification carries its own time, and is signed anew whenever it is sent; what is sent late is the same
    /// event. Its id and the payment's state keep it from doing anything twice, so its age alone makes it no
    /// forgery.
    @Override
    public Notice verifyNotification(Notification notification) {
        Map<String, String> told = Form.read(notification.body());
        if (!"RSA2".equals(told.get("sign_type")) || !signature.verified(told)) {
            throw new Forged("no signature of Alipay's");
        }
        String id = told.getOrDefault("notify_id", "");
        String kind = told.getOrDefault("trade_status", "");
        if (id.isEmpty()) {
            throw new Forged("no event");
        }
        boolean ours = spec.appId().equals(told.get("app_id"))
                && (spec.seller() == null || spec.seller().equals(told.get("seller_id")));
        if (!ours) {
            return new Notice.Other(id, kind); // somebody else's
        }
        return told.containsKey("gmt_refund") || told.containsKey("refund_fee")
                ? refunded(id, kind, told)
                : trade(id, kind, told);
    }

    private static Notice trade(String id, String kind, Map<String, String> told) {
        String payment = told.getOrDefault("out_trade_no", "");
        return switch (kind) {
            case "TRADE_SUCCESS", "TRADE_FINISHED" ->
                new Notice.Paid(
                        id,
                        kind,
                        payment,
                        told.getOrDefault("trade_no", ""),
                        money(told.getOrDefault("total_amount", "")));
            case "TRADE_CLOSED" -> new Notice.Ended(id, kind, payment, true);
            default -> new Notice.Other(id, kind);
        };
    }

    /// Of a refund Alipay tells the sum of all so far and the id of the last one; what that one was is asked for,
    /// and its own amount counts.
    private Notice refunded(String id, String kind, Map<String, String> told) {
        String request = told.getOrDefault("out_biz_no", "");
        String trade = told.getOrDefault("trade_no", "");
        JsonNode refund = client.call(
                "alipay.trade.fastpay.refund.query",
                Map.of("trade_no", trade, "out_request_no", request.isEmpty() ? trade : request),
                Map.of());
        String amount = refund.path("refund_amount").asString("");
        if (amount.isEmpty()) {
            return new Notice.Other(id, kind);
        }
        String reference = request.isEmpty() ? trade : request;
        return new Notice.Refunded(id, "refund", trade, request, reference, money(amount), state(refund));
    }

    private static Money money(String amount) {
        try {
            return Money.of(amount, "CNY");
        } catch (ArithmeticException | NumberFormatException _) {
            throw new Forged("no amount");
        }
    }

    private static RefundState state(JsonNode refund) {
        String status = refund.path("refund_status").asString("");
        return status.equals("REFUND_SUCCESS") ? RefundState.SUCCEEDED : RefundState.ACCEPTED;
    }

    @Override
    public Notice query(Asked payment) {
        String event = "asked/" + payment.id();
        try {
            JsonNode trade = client.call(
                    "alipay.trade.query", Map.of("out_trade_no", payment.id().toString()), Map.of());
            return trade(
                    event,
                    trade.path("trade_status").asString(""),
                    Map.of(
                            "out_trade_no",
                            trade.path("out_trade_no").asString(""),
                            "trade_no",
                            trade.path("trade_no").asString(""),
                            "total_amount",
                            trade.path("total_amount").asString("")));
        } catch (ProviderTrouble.Refused e) {
            if (e.code().equals(NONE)) {
                return new Notice.Other(event, "asked"); // nobody has scanned it yet
            }
            throw e;
        }
    }

    @Override
    public void close(Asked payment) {
        try {
            client.call(
                    "alipay.trade.close", Map.of("out_trade_no", payment.id().toString()), Map.of());
        } catch (ProviderTrouble.Refused _) {
            return; // not scanned, paid or closed: asking tells which
        }
    }

    @Override
    public RefundAnswer refund(RefundDemand demand) {
        client.call(
                "alipay.trade.refund",
                Map.of(
                        "out_trade_no",
                        demand.payment().id().toString(),
                        "refund_amount",
                        decimal(demand.amount()),
                        "out_request_no",
                        demand.id().toString(),
                        "refund_reason",
                        demand.reason()),
                Map.of());
        // That it was taken is no proof that it was done: asking tells.
        RefundAnswer now = queryRefund(demand);
        return now.state() == RefundState.UNKNOWN
                ? new RefundAnswer(RefundState.ACCEPTED, demand.id().toString())
                : now;
    }

    @Override
    public RefundAnswer queryRefund(RefundDemand demand) {
        try {
            JsonNode refund = client.call(
                    "alipay.trade.fastpay.refund.query",
                    Map.of(
                            "out_trade_no",
                            demand.payment().id().toString(),
                            "out_request_no",
                            demand.id().toString()),
                    Map.of());
            boolean known = !refund.path("refund_amount").asString("").isEmpty();
            return known
                    ? new RefundAnswer(state(refund), demand.id().toString())
                    : new RefundAnswer(RefundState.UNKNOWN, null);
        } catch (ProviderTrouble.Refused e) {
            if (e.code().equals(NONE) || e.code().equals("ACQ.REFUND_NOT_EXIST")) {
                return new RefundAnswer(RefundState.UNKNOWN, null);
            }
            throw e;
        }
    }

    @Override
    public Optional<String> paymentOf(String paidAs) {
        try {
            String ours = client.call("alipay.trade.query", Map.of("trade_no", paidAs), Map.of())
                    .path("out_trade_no")
                    .asString("");
            return ours.isEmpty() ? Optional.empty() : Optional.of(ours);
        } catch (ProviderTrouble.Refused _) {
            return Optional.empty();
        }
    }

    /// From the bill of a day in Beijing, which is there from nine o'clock of the next one on.
    @Override
    public List<Movement> movements(LocalDate day) {
        try {
            JsonNode bill = client.call(
                    "alipay.data.dataservice.bill.downloadurl.query",
                    Map.of("bill_type", "trade", "bill_date", day.toString()),
                    Map.of());
            URI address = URI.create(bill.path("bill_download_url").asString());
            Wire.Answer zip = wire.send(HttpRequest.newBuilder(address).GET());
            if (zip.status() != 200) {
                throw new ProviderTrouble.Away("Alipay's bill answered " + zip.status(), null);
            }
            return AlipayBill.read(zip.bytes());
        } catch (ProviderTrouble.Refused e) {
            if (e.code().endsWith("bill_not_exist") || e.code().endsWith("BILL_NOT_EXIST")) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public ZoneId zone() {
        return AlipayClient.BEIJING;
    }

    @Override
    public Reply reply(boolean taken) {
        return new Reply(taken ? 200 : 400, "text/plain", taken ? "success" : "failure");
    }
}
