package dev.sampan.payments.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.Ulid;
import dev.sampan.payments.internal.provider.PaymentProvider.Asked;
import dev.sampan.payments.internal.provider.PaymentProvider.Checkout;
import dev.sampan.payments.internal.provider.PaymentProvider.Demand;
import dev.sampan.payments.internal.provider.PaymentProvider.RefundDemand;
import dev.sampan.payments.internal.provider.Wire;
import dev.sampan.payments.internal.stripe.StripeProvider;
import dev.sampan.spec.PaymentsSpec;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The shapes of our requests, judged by Stripe's own mock, which checks them against Stripe's OpenAPI. It is a
/// program of Go: `go install github.com/stripe/stripe-mock@latest`, `stripe-mock -http-port 12111`,
/// `SAMPAN_STRIPE_MOCK=http://127.0.0.1:12111`.
class StripeMockTests {
    @Test
    void everyRequestIsOneThatStripeKnows() {
        String address = System.getenv("SAMPAN_STRIPE_MOCK");
        Assumptions.assumeTrue(address != null, "no stripe-mock");
        PaymentsSpec.Stripe spec = new PaymentsSpec.Stripe(
                "stripe", URI.create(address), List.of(Currency.getInstance("USD")), "KEY", List.of("HOOK"));
        Ulid id = Ulid.next();
        Instant now = Instant.now();
        Money amount = Money.of("12.34", "USD");
        URI here = URI.create("https://console.example.com/pay/x");
        try (Wire wire = new Wire()) {
            StripeProvider stripe = new StripeProvider(spec, Map.of("KEY", "sk_test_123", "HOOK", "whsec_x"), wire);
            Checkout checkout =
                    stripe.createCheckout(new Demand(id, amount, "Quayside", now, now.plusSeconds(7200), here, here));
            String session = Objects.requireNonNull(checkout.reference());
            assertThat(session).startsWith("cs_");
            Asked asked = new Asked(id, amount, session, "pi_1");
            stripe.query(asked);
            stripe.close(asked);
            RefundDemand refund = new RefundDemand(Ulid.next(), asked, amount, amount, "reason", here);
            assertThat(Objects.requireNonNull(stripe.refund(refund).reference()))
                    .startsWith("re_");
            stripe.queryRefund(refund);
            stripe.movements(LocalDate.now());
        }
    }
}
