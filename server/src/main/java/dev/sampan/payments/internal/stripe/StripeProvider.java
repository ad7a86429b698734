package dev.sampan.payments.internal.stripe;

import dev.sampan.kernel.Money;
import dev.sampan.payments.internal.provider.Notice;
import dev.sampan.payments.internal.provider.PaymentProvider;
import dev.sampan.payments.internal.provider.ProviderTrouble;
import dev.sampan.payments.internal.provider.Wire;
import dev.sampan.spec.PaymentsSpec.Stripe;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Stripe Checkout: a page of Stripe's on which a customer pays by card or otherwise.
public final class StripeProvider implements PaymentProvider {
    private static final String SESSIONS = "/v1/checkout/sessions";
    private static final int PAGE = 100;

    private final StripeClient client;
    private final List<String> secrets;

    /// @param secrets environment variable → secret
    public StripeProvider(Stripe spec, Map<String, String> secrets, Wire wire) {
        this.client = new StripeClient(wire, spec.baseUrl(), Objects.requireNonNull(secrets.get(spec.apiKey())));
        this.secrets = spec.webhookSecrets().stream()
                .map(name -> Objects.requireNonNull(secrets.get(name)))
                .toList();
    }

    @Override
    public Checkout createCheckout(Demand demand) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("mode", "payment");
        form.put("client_reference_id", demand.id().toString());
        form.put("line_items[0][quantity]", "1");
        form.put("line_items[0][price_data][currency]", StripeMoney.currency(demand.amount()));
        form.put("line_items[0][price_data][unit_amount]", Long.toString(StripeMoney.minor(demand.amount())));
        form.put("line_items[0][price_data][product_data][name]", demand.title());
        form.put("payment_intent_data[metadata][sampan_payment]", demand.id().toString());
        form.put("metadata[sampan_payment]", demand.id().toString());
        form.put("expires_at", Long.toString(demand.expiresAt().getEpochSecond()));
        form.put("success_url", demand.back().toString());
        form.put("cancel_url", demand.back().toString());
        JsonNode session = client.post(SESSIONS, form, "checkout-" + demand.id());
        return Checkout.page(
                session.path("id").asString(), URI.create(session.path("url").asString("")));
    }

    @Override
    public Notice verifyNotification(Notification notification) {
        byte[] body = notification.body();
        StripeSignature.verify(body, notification.header("stripe-signature"), secrets, notification.receivedAt());
        return StripeEvents.read(body);
    }

    @Override
    public Notice query(Asked payment) {
        String event = "query/" + payment.id();
        if (payment.reference() == null) {
            return new Notice.Other(event, "query");
        }
        return StripeEvents.session(event, "query", client.get(SESSIONS + "/" + payment.reference(), Map.of()));
    }

    @Override
    public void close(Asked payment) {
        if (payment.reference() != null) {
            try {
                client.post(SESSIONS + "/" + payment.reference() + "/expire", Map.of(), "expire-" + payment.id());
            } catch (ProviderTrouble.Refused _) {
                return; // it is complete or expired: asking tells which
            }
        }
    }

    @Override
    public RefundAnswer refund(RefundDemand demand) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("payment_intent", Objects.requireNonNull(demand.payment().paidAs()));
        form.put("amount", Long.toString(StripeMoney.minor(demand.amount())));
        form.put("metadata[sampan_refund]", demand.id().toString());
        return answer(client.post("/v1/refunds", form, "refund-" + demand.id()));
    }

    /// By our id among the payment's refunds: Stripe's idempotency keys are forgotten after a day.
    @Override
    public RefundAnswer queryRefund(RefundDemand demand) {
        Map<String, String> query = Map.of(
                "payment_intent", Objects.requireNonNull(demand.payment().paidAs()), "limit", Integer.toString(PAGE));
        for (JsonNode refund : client.get("/v1/refunds", query).path("data")) {
            if (refund.at("/metadata/sampan_refund")
                    .asString("")
                    .equals(demand.id().toString())) {
                return answer(refund);
            }
        }
        return new RefundAnswer(RefundState.UNKNOWN, null);
    }

    private static RefundAnswer answer(JsonNode refund) {
        return new RefundAnswer(
                StripeEvents.refundState(refund.path("status").asString("")),
                refund.path("id").asString());
    }

    @Override
    public Optional<String> paymentOf(String paidAs) {
        try {
            JsonNode intent = client.get("/v1/payment_intents/" + paidAs, Map.of());
            String ours = intent.at("/metadata/sampan_payment").asString("");
            return ours.isEmpty() ? Optional.empty() : Optional.of(ours);
        } catch (ProviderTrouble.Refused _) {
            return Optional.empty();
        }
    }

    /// Of a day in UTC, which is Stripe's own.
    @Override
    public List<Movement> movements(LocalDate day) {
        List<Movement> movements = new ArrayList<>();
        list("/v1/charges", day).forEach(charge -> {
            if (charge.path("paid").asBoolean(false)) {
                String paidAs = StripeEvents.idOf(charge.path("payment_intent"));
                add(
                        movements,
                        Movement.Kind.PAYMENT,
                        charge,
                        "sampan_payment",
                        paidAs == null ? charge.path("id").asString() : paidAs);
            }
        });
        list("/v1/refunds", day).forEach(refund -> {
            if (StripeEvents.refundState(refund.path("status").asString("")) != RefundState.FAILED) {
                add(
                        movements,
                        Movement.Kind.REFUND,
                        refund,
                        "sampan_refund",
                        refund.path("id").asString());
            }
        });
        return movements;
    }

    private static void add(List<Movement> to, Movement.Kind kind, JsonNode object, String ours, String reference) {
        Money amount = StripeMoney.of(object.path("amount"), object.path("currency"));
        if (amount != null) {
            to.add(new Movement(kind, object.path("metadata").path(ours).asString(""), reference, amount));
        }
    }

    private List<JsonNode> list(String path, LocalDate day) {
        List<JsonNode> all = new ArrayList<>();
        String after = null;
        while (true) {
            Map<String, String> query = new LinkedHashMap<>();
            query.put(
                    "created[gte]",
                    Long.toString(day.atStartOfDay(ZoneOffset.UTC).toEpochSecond()));
            query.put(
                    "created[lt]",
                    Long.toString(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond()));
            query.put("limit", Integer.toString(PAGE));
            if (after != null) {
                query.put("starting_after", after);
            }
            JsonNode page = client.get(path, query);
            page.path("data").forEach(all::add);
            if (!page.path("has_more").asBoolean(false) || page.path("data").isEmpty()) {
                return all;
            }
            after = all.getLast().path("id").asString();
        }
    }

    @Override
    public ZoneId zone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Reply reply(boolean taken) {
        return new Reply(taken ? 200 : 400, "text/plain", taken ? "ok" : "refused");
    }
}
