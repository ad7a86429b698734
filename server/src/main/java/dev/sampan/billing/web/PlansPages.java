package dev.sampan.billing.web;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.Organisation;
import dev.sampan.billing.Plans;
import dev.sampan.billing.Subscription;
import dev.sampan.kernel.TenantId;
import dev.sampan.spec.PlansSpec;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/// What is sold over time, and who is on what.
@Controller
public class PlansPages {
    private final Accounts accounts;
    private final Plans plans;

    PlansPages(Accounts accounts, Plans plans) {
        this.accounts = accounts;
        this.plans = plans;
    }

    public record PlansView(PlansSpec inForce, List<Row> rows) {
        /// How many are on a plan now.
        public long on(String plan) {
            return rows.stream()
                    .map(Row::subscription)
                    .filter(one -> one.status() != Subscription.Status.CANCELLED)
                    .filter(one -> one.terms().plan().equals(plan))
                    .count();
        }
    }

    /// @param customer its name
    public record Row(Subscription subscription, String customer) {}

    @GetMapping("/plans")
    ModelAndView plans() {
        Map<TenantId, String> names =
                accounts.customers().stream().collect(Collectors.toMap(Organisation::id, Organisation::name));
        Function<Subscription, Row> row = one ->
                new Row(one, names.getOrDefault(one.tenant(), one.tenant().toString()));
        return new ModelAndView(
                "billing/plans",
                "view",
                new PlansView(
                        plans.inForce(), plans.subscriptions().stream().map(row).toList()));
    }
}
