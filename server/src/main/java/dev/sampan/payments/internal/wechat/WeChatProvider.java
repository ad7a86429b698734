package dev.sampan.payments.internal.wechat;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Money;
import dev.sampan.payments.internal.provider.Forged;
import dev.sampan.payments.internal.provider.Minor;
import dev.sampan.payments.internal.provider.Notice;
import dev.sampan.payments.internal.provider.PaymentProvider;
import dev.sampan.payments.internal.provider.ProviderTrouble;
import dev.sampan.payments.internal.provider.Signing;
import dev.sampan.payments.internal.provider.Wire;
import dev.sampan.spec.PaymentsSpec.PlatformKey;
import dev.sampan.spec.PaymentsSpec.WeChat;
import java.net.URI;
import java.security.PublicKey;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// WeChat Pay, native: a code that is scanned.
public final class WeChatProvider implements PaymentProvider {
    private static final Currency YUAN = Currency.getInstance("CNY");
    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");
    private static final String PAY = "/v3/pay/transactions/";
    private static final String REFUNDS = "/v3/refund/domestic/refunds";
    private static final int TITLE_LETTERS_MAX = 40; // 127 bytes
    private static final int REASON_LETTERS_MAX = 26; // 80 bytes

    private final WeChat spec;
    private final WeChatSignature signature;
    private final WeChatClient client;

    /// @param secrets environment variable → secret
    public WeChatProvider(WeChat spec, Map<String, String> secrets, Wire wire, InstantSource clock) {
        this.spec = spec;
        Map<String, PublicKey> platform = new HashMap<>();
        for (PlatformKey key : spec.platformKeys()) {
            platform.put(key.id(), Signing.publicKey(Objects.requireNonNull(secrets.get(key.key())), key.key()));
        }
        this.signature = new WeChatSignature(
                spec.merchant(),
                spec.serial(),
                Signing.privateKey(Objects.requireNonNull(secrets.get(spec.privateKey())), spec.privateKey()),
                Objects.requireNonNull(secrets.get(spec.apiKey())),
                platform);
        this.client = new WeChatClient(wire, spec.baseUrl(), signature, clock);
    }

    @Override
    public Checkout createCheckout(Demand demand) {
        JsonNode answer = client.post(
                PAY + "native",
                Map.of(
                        "appid",
                        spec.appId(),
                        "mchid",
                        spec.merchant(),
                        "description",
                        clipped(demand.title(), TITLE_LETTERS_MAX),
                        "out_trade_no",
                        demand.id().toString(),
                        "time_expire",
                        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(demand.expiresAt()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .atZone(BEIJING)),
                        "notify_url",
                        demand.tell().toString(),
                        "amount",
                        amount("total", demand.amount())));
        return Checkout.qr(answer.path("code_url").asString());
    }

    private static Map<String, Object> amount(String key, Money money) {
        return Map.of(key, Minor.of(money), "currency", money.currency().getCurrencyCode());
    }

    private static String clipped(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most));
    }

    @Override
    public Notice verifyNotification(Notification notification) {
        byte[] body = notification.body();
        signature.verify(notification::header, body, notification.receivedAt());
        JsonNode told = json(body);
        JsonNode resource = told.path("resource");
        if (!resource.path("algorithm").asString("").equals("AEAD_AES_256_GCM")) {
            throw new Forged("sealed in an unknown way");
        }
        JsonNode opened = json(signature.open(
                resource.path("ciphertext").asString(""),
                resource.path("nonce").asString(""),
                resource.path("associated_data").asString("")));
        String id = told.path("id").asString("");
        String kind = told.path("event_type").asString("");
        if (id.isEmpty()) {
            throw new Forged("no event");
        }
        if (!opened.path("mchid").asString("").equals(spec.merchant())) {
            return new Notice.Other(id, kind); // somebody else's
        }
        return kind.startsWith("REFUND.") ? refunded(id, kind, opened) : transaction(id, kind, opened);
    }

    private static JsonNode json(byte[] body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JacksonException _) {
            throw new Forged("no JSON");
        }
    }

    private Notice transaction(String id, String kind, JsonNode transaction) {
        String payment = transaction.path("out_trade_no").asString("");
        if (payment.isEmpty() || !transaction.path("appid").asString("").equals(spec.appId())) {
            return new Notice.Other(id, kind);
        }
        return switch (transaction.path("trade_state").asString("")) {
            // REFUND: was paid; what was given back is told by refunds alone
            case "SUCCESS", "REFUND" ->
                new Notice.Paid(
                        id,
                        kind,
                        payment,
                        transaction.path("transaction_id").asString(""),
                        money(transaction.path("amount"), "total"));
            case "CLOSED", "REVOKED" -> new Notice.Ended(id, kind, payment, false);
            default -> new Notice.Other(id, kind); // NOTPAY, USERPAYING, PAYERROR: it may be tried again
        };
    }

    private static Notice refunded(String id, String kind, JsonNode refund) {
        return new Notice.Refunded(
                id,
                kind,
                refund.path("transaction_id").asString(""),
                refund.path("out_refund_no").asString(""),
                refund.path("refund_id").asString(""),
                money(refund.path("amount"), "refund"),
                state(refund.path("refund_status").asString("")));
    }

    private static RefundState state(String status) {
        return switch (status) {
            case "SUCCESS" -> RefundState.SUCCEEDED;
            case "CLOSED" -> RefundState.FAILED;
            default -> RefundState.ACCEPTED; // PROCESSING; ABNORMAL is mended at WeChat Pay's and then succeeds
        };
    }

    private static Money money(JsonNode amount, String key) {
        String code = amount.path("currency").asString("CNY");
        JsonNode minor = amount.path(key);
        if (!code.equals("CNY") || !minor.isIntegralNumber()) {
            throw new Forged("an amount of " + code);
        }
        return Minor.money(minor.asLong(), YUAN);
    }

    @Override
    public Notice query(Asked payment) {
        String event = "asked/" + payment.id();
        try {
            return transaction(
                    event, "asked", client.get(PAY + "out-trade-no/" + payment.id() + "?mchid=" + spec.merchant()));
        } catch (ProviderTrouble.Refused e) {
            if (e.code().equals("ORDER_NOT_EXIST") || e.code().equals("ORDERNOTEXIST")) {
                return new Notice.Other(event, "asked"); // nobody has scanned it yet
            }
            throw e;
        }
    }

    @Override
    public void close(Asked payment) {
        try {
            client.post(PAY + "out-trade-no/" + payment.id() + "/close", Map.of("mchid", spec.merchant()));
        } catch (ProviderTrouble.Refused _) {
            return; // it is paid or closed: asking tells which
        }
    }

    @Override
    public RefundAnswer refund(RefundDemand demand) {
        JsonNode answer = client.post(
                REFUNDS,
                Map.of(
                        "out_trade_no",
                        demand.payment().id().toString(),
                        "out_refund_no",
                        demand.id().toString(),
                        "reason",
                        clipped(demand.reason(), REASON_LETTERS_MAX),
                        "notify_url",
                        demand.tell().toString(),
                        "amount",
                        Map.of(
                                "refund", Minor.of(demand.amount()),
                                "total", Minor.of(demand.whole()),
                                "currency", demand.amount().currency().getCurrencyCode())));
        return answer(answer);
    }

    @Override
    public RefundAnswer queryRefund(RefundDemand demand) {
        try {
            return answer(client.get(REFUNDS + "/" + demand.id()));
        } catch (ProviderTrouble.Refused e) {
            if (e.code().equals("RESOURCE_NOT_EXISTS")) {
                return new RefundAnswer(RefundState.UNKNOWN, null);
            }
            throw e;
        }
    }

    private static RefundAnswer answer(JsonNode refund) {
        return new RefundAnswer(
                state(refund.path("status").asString("")),
                refund.path("refund_id").asString());
    }

    @Override
    public Optional<String> paymentOf(String paidAs) {
        try {
            String ours = client.get(PAY + "id/" + paidAs + "?mchid=" + spec.merchant())
                    .path("out_trade_no")
                    .asString("");
            return ours.isEmpty() ? Optional.empty() : Optional.of(ours);
        } catch (ProviderTrouble.Refused _) {
            return Optional.empty();
        }
    }

    /// From the bill of a day in Beijing, which is there from ten o'clock of the next one on.
    @Override
    public List<Movement> movements(LocalDate day) {
        JsonNode bill;
        try {
            bill = client.get("/v3/bill/tradebill?bill_date=" + day + "&bill_type=ALL");
        } catch (ProviderTrouble.Refused e) {
            if (e.code().equals("NO_STATEMENT_EXIST")) {
                return List.of();
            }
            throw e;
        }
        byte[] bytes = client.download(URI.create(bill.path("download_url").asString()));
        return WeChatBill.read(bytes, bill.path("hash_value").asString(""));
    }

    @Override
    public ZoneId zone() {
        return BEIJING;
    }

    @Override
    public Reply reply(boolean taken) {
        return taken
                ? new Reply(200, "application/json", "{\"code\":\"SUCCESS\"}")
                : new Reply(401, "application/json", "{\"code\":\"FAIL\",\"message\":\"signature\"}");
    }
}
