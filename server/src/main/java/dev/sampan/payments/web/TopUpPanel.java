package dev.sampan.payments.web;

import dev.sampan.billing.Billing;
import dev.sampan.kernel.TenantId;
import dev.sampan.payments.PaymentLink;
import dev.sampan.payments.PaymentSetup;
import dev.sampan.payments.Payments;
import dev.sampan.shell.Panel;
import dev.sampan.shell.Viewer;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Asking a customer for money, on the customer's page.
@Component
public final class TopUpPanel implements Panel {
    private static final int LINKS_SHOWN = 5;

    private final Payments payments;
    private final PaymentSetup setup;
    private final Billing billing;

    TopUpPanel(Payments payments, PaymentSetup setup, Billing billing) {
        this.payments = payments;
        this.setup = setup;
        this.billing = billing;
    }

    /// @param disputedSince null: no dispute is open or lost
    public record TopUpView(
            String tenant,
            Currency currency,
            List<PaymentLink> links,
            @Nullable Instant disputedSince) {
        public TopUpView {
            links = List.copyOf(links);
        }

        /// What the amount field accepts as its smallest step.
        public String step() {
            return PaymentPages.step(currency);
        }
    }

    @Override
    public String slot() {
        return "customer";
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public Optional<Screen> show(Viewer viewer, String subject) {
        if (setup.inForce().isEmpty()) {
            return Optional.empty();
        }
        TenantId customer = TenantId.parse(subject);
        TopUpView view = new TopUpView(
                subject,
                billing.balance(customer).available().currency(),
                payments.links(customer).stream().limit(LINKS_SHOWN).toList(),
                payments.disputedSince(customer).orElse(null));
        return Optional.of(new Screen("payments/topUp", view));
    }
}
