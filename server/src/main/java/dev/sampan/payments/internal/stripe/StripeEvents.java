package dev.sampan.payments.internal.stripe;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Money;
import dev.sampan.payments.internal.provider.Forged;
import dev.sampan.payments.internal.provider.Notice;
import dev.sampan.payments.internal.provider.Notice.Disputed;
import dev.sampan.payments.internal.provider.Notice.Ended;
import dev.sampan.payments.internal.provider.Notice.Other;
import dev.sampan.payments.internal.provider.Notice.Paid;
import dev.sampan.payments.internal.provider.Notice.Refunded;
import dev.sampan.payments.internal.provider.Notice.Stage;
import dev.sampan.payments.internal.provider.PaymentProvider.RefundState;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What Stripe's events mean. Money counts from `refund.*`, one refund each, never from `charge.refunded`, which
/// tells the sum of all; and a session that is complete has been paid only where it says so.
final class StripeEvents {
    private StripeEvents() {}

    static Notice read(byte[] body) {
        JsonNode event;
        try {
            event = Json.MAPPER.readTree(body);
        } catch (JacksonException _) {
            throw new Forged("no JSON");
        }
        String id = event.path("id").asString("");
        String kind = event.path("type").asString("");
        if (id.isEmpty() || kind.isEmpty()) {
            throw new Forged("no event");
        }
        JsonNode object = event.at("/data/object");
        return switch (kind) {
            case "checkout.session.completed",
                    "checkout.session.async_payment_succeeded",
                    "checkout.session.async_payment_failed",
                    "checkout.session.expired" -> session(id, kind, object);
            case "refund.created", "refund.updated", "refund.failed", "charge.refund.updated" ->
                refund(id, kind, object);
            case "charge.dispute.created", "charge.dispute.closed", "charge.dispute.updated" ->
                dispute(id, kind, object);
            default -> new Other(id, kind);
        };
    }

    /// Also of a session that was asked for.
    static Notice session(String id, String kind, JsonNode session) {
        String payment = session.path("client_reference_id").asString("");
        if (payment.isEmpty()) {
            return new Other(id, kind); // not of our making
        }
        String status = session.path("payment_status").asString("");
        String paidAs = idOf(session.path("payment_intent"));
        Money amount = StripeMoney.of(session.path("amount_total"), session.path("currency"));
        if (status.equals("paid") && paidAs != null && amount != null) {
            return new Paid(id, kind, payment, paidAs, amount);
        }
        if (session.path("status").asString("").equals("expired")) {
            return new Ended(id, kind, payment, true);
        }
        return kind.equals("checkout.session.async_payment_failed")
                ? new Ended(id, kind, payment, false)
                : new Other(id, kind);
    }

    private static Notice refund(String id, String kind, JsonNode refund) {
        String paidAs = idOf(refund.path("payment_intent"));
        Money amount = StripeMoney.of(refund.path("amount"), refund.path("currency"));
        if (paidAs == null || amount == null) {
            return new Other(id, kind);
        }
        String ours = refund.at("/metadata/sampan_refund").asString("");
        return new Refunded(
                id,
                kind,
                paidAs,
                ours.isEmpty() ? null : ours,
                refund.path("id").asString(""),
                amount,
                refundState(refund.path("status").asString("")));
    }

    static RefundState refundState(String status) {
        return switch (status) {
            case "succeeded" -> RefundState.SUCCEEDED;
            case "failed", "canceled" -> RefundState.FAILED;
            default -> RefundState.ACCEPTED; // pending, requires_action
        };
    }

    private static Notice dispute(String id, String kind, JsonNode dispute) {
        String paidAs = idOf(dispute.path("payment_intent"));
        Money amount = StripeMoney.of(dispute.path("amount"), dispute.path("currency"));
        if (paidAs == null || amount == null) {
            return new Other(id, kind);
        }
        Stage stage = switch (dispute.path("status").asString("")) {
            case "won", "warning_closed" -> Stage.WON;
            case "lost" -> Stage.LOST;
            default -> Stage.OPEN;
        };
        return new Disputed(id, kind, paidAs, dispute.path("id").asString(""), amount, stage);
    }

    /// An object that is there, or its id alone.
    static @Nullable String idOf(JsonNode node) {
        String id = node.isObject() ? node.path("id").asString("") : node.asString("");
        return id.isEmpty() ? null : id;
    }
}
