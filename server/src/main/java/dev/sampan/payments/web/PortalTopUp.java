package dev.sampan.payments.web;

import dev.sampan.billing.Billing;
import dev.sampan.kernel.Money;
import dev.sampan.payments.PaymentLink;
import dev.sampan.payments.PaymentSetup;
import dev.sampan.payments.Payments;
import dev.sampan.shell.Panel;
import dev.sampan.shell.Viewer;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// A customer's own top-up: an amount, and on to the page where it is paid. Shown where a way to pay is in
/// force.
@Controller
public class PortalTopUp implements Panel {
    private final Payments payments;
    private final PaymentSetup setup;
    private final Billing billing;

    PortalTopUp(Payments payments, PaymentSetup setup, Billing billing) {
        this.payments = payments;
        this.setup = setup;
        this.billing = billing;
    }

    /// @param currency of the wallet
    public record OwnTopUpView(Currency currency) {
        /// What the amount field accepts as its smallest step.
        public String step() {
            return PaymentPages.step(currency);
        }
    }

    @Override
    public String slot() {
        return "portal";
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Optional<Screen> show(Viewer viewer, String subject) {
        return setup.inForce().map(_ -> new Screen("payments/ownTopUp", new OwnTopUpView(currency(viewer))));
    }

    /// In the wallet's currency, whatever else was sent.
    @PostMapping("/portal/topup")
    String ask(@RequestParam BigDecimal amount, @AuthenticationPrincipal Viewer viewer) {
        Money asked = PaymentPages.money(amount, currency(viewer));
        PaymentLink link = payments.createLink(viewer.tenant(), asked, viewer.actor());
        return "redirect:/pay/" + link.token();
    }

    private Currency currency(Viewer viewer) {
        return billing.balance(viewer.tenant()).available().currency();
    }
}
