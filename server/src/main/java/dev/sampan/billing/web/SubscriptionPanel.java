package dev.sampan.billing.web;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.Organisation;
import dev.sampan.billing.Invoice;
import dev.sampan.billing.Plans;
import dev.sampan.billing.Plans.Order;
import dev.sampan.billing.Plans.Payer;
import dev.sampan.billing.Subscription;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.shell.Panel;
import dev.sampan.shell.Viewer;
import dev.sampan.spec.PlansSpec;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// A customer's subscription on its page: to subscribe, move, cancel, and what the next invoices would be.
@Controller
public class SubscriptionPanel {
    private final Accounts accounts;
    private final Plans plans;

    SubscriptionPanel(Accounts accounts, Plans plans) {
        this.accounts = accounts;
        this.plans = plans;
    }

    /// @param subscription null when there is none
    /// @param next what would be invoiced now, without numbers
    public record SubscriptionView(
            String tenant,
            @Nullable Subscription subscription,
            List<Subscription> history,
            List<Invoice> next,
            PlansSpec inForce,
            Payer payer) {}

    private record Shown(Plans plans) implements Panel {
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
            TenantId customer = TenantId.parse(subject);
            SubscriptionView view = new SubscriptionView(
                    subject,
                    plans.subscription(customer).orElse(null),
                    plans.history(customer),
                    plans.preview(customer),
                    plans.inForce(),
                    plans.payer(customer));
            boolean nothing = view.inForce.plans().isEmpty() && view.history.isEmpty();
            return nothing ? Optional.empty() : Optional.of(new Screen("billing/subscription", view));
        }
    }

    @Bean
    static Panel subscription(Plans plans) {
        return new Shown(plans);
    }

    @PostMapping("/customers/{tenant}/subscription")
    String order(
            @PathVariable String tenant,
            @RequestParam String plan,
            @RequestParam(defaultValue = "1") int seats,
            @AuthenticationPrincipal Viewer viewer) {
        TenantId customer = customer(tenant);
        if (plans.subscription(customer).isEmpty()) {
            plans.subscribe(customer, new Order(plan, seats), viewer.actor());
        } else {
            plans.move(customer, new Order(plan, seats), viewer.actor());
        }
        return back(tenant);
    }

    /// @param when `now`, `end`, or `keep` to take it back
    @PostMapping("/customers/{tenant}/subscription/end")
    String end(@PathVariable String tenant, @RequestParam String when, @AuthenticationPrincipal Viewer viewer) {
        TenantId customer = customer(tenant);
        if (when.equals("keep")) {
            plans.keep(customer, viewer.actor());
        } else {
            plans.cancel(customer, when.equals("now"), viewer.actor());
        }
        return back(tenant);
    }

    @PostMapping("/customers/{tenant}/redeem")
    String redeem(@PathVariable String tenant, @RequestParam String code, @AuthenticationPrincipal Viewer viewer) {
        plans.redeem(customer(tenant), code, viewer.actor());
        return back(tenant);
    }

    @PostMapping("/customers/{tenant}/bundle")
    String buy(@PathVariable String tenant, @RequestParam String bundle, @AuthenticationPrincipal Viewer viewer) {
        plans.buy(customer(tenant), bundle, viewer.actor());
        return back(tenant);
    }

    @PostMapping("/customers/{tenant}/payer")
    String payer(
            @PathVariable String tenant, @RequestParam String zone, @RequestParam(defaultValue = "") String region) {
        try {
            plans.setPayer(customer(tenant), ZoneId.of(zone.strip()), region);
        } catch (DateTimeException _) {
            throw new ProblemException(Problem.of("billing.zone", "There is no time zone '" + zone + "'")
                    .remedy("Write it as Asia/Shanghai or Europe/Berlin"));
        }
        return back(tenant);
    }

    @PostMapping("/customers/{tenant}/release")
    String release(@PathVariable String tenant, @AuthenticationPrincipal Viewer viewer) {
        plans.release(customer(tenant), viewer.actor());
        return back(tenant);
    }

    private static String back(String tenant) {
        return "redirect:/customers/" + tenant;
    }

    private TenantId customer(String id) {
        return accounts.customers().stream()
                .map(Organisation::id)
                .filter(one -> one.toString().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.of("accounts.customer.not_found", "There is no customer " + id + ".")));
    }
}
