package dev.sampan.billing.web;

import dev.sampan.accounts.Accounts;
import dev.sampan.billing.Balance;
import dev.sampan.billing.Billing;
import dev.sampan.billing.Price;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.shell.Panel;
import dev.sampan.shell.Viewer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What billing shows on other rooms' pages: a customer's wallet, and what a call of a model costs.
@Controller
public class WalletPanels {
    private static final BigDecimal CREDIT_MAX = new BigDecimal("10000");

    private final Accounts accounts;
    private final Billing billing;

    WalletPanels(Accounts accounts, Billing billing) {
        this.accounts = accounts;
        this.billing = billing;
    }

    public record WalletView(String tenant, Balance balance) {
        /// Never held anything: trial credit is the next step.
        public boolean fresh() {
            return balance.available().nanos() == 0
                    && balance.spent().nanos() == 0
                    && balance.held().nanos() == 0;
        }
    }

    public record PriceView(Optional<Price> price) {}

    private record Slot(String slot, int order, Function<String, Screen> screen) implements Panel {
        @Override
        public Optional<Screen> show(Viewer viewer, String subject) {
            return Optional.of(screen.apply(subject));
        }
    }

    @Bean
    static Panel walletCell(Billing billing) {
        return new Slot("customer-cell", 10, id -> new Panel.Screen("billing/walletCell", wallet(billing, id)));
    }

    @Bean
    static Panel wallet(Billing billing) {
        return new Slot("customer", 10, id -> new Panel.Screen("billing/wallet", wallet(billing, id)));
    }

    @Bean
    static Panel price(Billing billing) {
        return new Slot(
                "public-model",
                10,
                model -> new Panel.Screen("billing/price", new PriceView(billing.price(model, Instant.now()))));
    }

    /// Grants the one trial credit a customer may have, in the wallet's currency.
    @PostMapping("/customers/{tenant}/credit")
    String grant(@PathVariable String tenant, @RequestParam BigDecimal amount, @AuthenticationPrincipal Viewer viewer) {
        TenantId customer = accounts.customers().stream()
                .map(one -> one.id())
                .filter(id -> id.toString().equals(tenant))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.of("accounts.customer.not_found", "There is no customer " + tenant + ".")));
        Money wallet = billing.balance(customer).available();
        int digits = wallet.currency().getDefaultFractionDigits();
        if (amount.signum() <= 0
                || amount.compareTo(CREDIT_MAX) > 0
                || amount.stripTrailingZeros().scale() > digits) {
            throw new ProblemException(Problem.of("billing.credit", "A trial credit of " + amount + " is not possible.")
                    .remedy("Give more than 0, at most " + CREDIT_MAX + ", with at most " + digits + " decimals."));
        }
        if (!billing.grantTrialCredit(customer, Money.of(amount, wallet.currency()), viewer.actor())) {
            throw new ProblemException(
                    Problem.of("billing.credit_granted", "This customer has had its trial credit before."));
        }
        return "redirect:/customers/" + tenant;
    }

    private static WalletView wallet(Billing billing, String tenant) {
        return new WalletView(tenant, billing.balance(TenantId.parse(tenant)));
    }
}
