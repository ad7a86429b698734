package dev.sampan.billing.web;

import dev.sampan.shell.AccessRule;
import dev.sampan.shell.AccessRules;
import dev.sampan.shell.NavigationEntry;
import dev.sampan.shell.NavigationEntry.Group;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What this room adds to the console.
@Configuration(proxyBeanMethods = false)
class BillingConsole {
    @Bean
    NavigationEntry usageEntry() {
        return new NavigationEntry(Group.SELL, "billing.usage", "/usage", 20, "usage");
    }

    @Bean
    NavigationEntry invoicesEntry() {
        return new NavigationEntry(Group.SELL, "billing.invoices", "/invoices", 30, "invoices");
    }

    @Bean
    NavigationEntry portalEntry() {
        return new NavigationEntry(Group.PORTAL, "billing.portal", "/portal", 10, "home");
    }

    @Bean
    NavigationEntry portalUsageEntry() {
        return new NavigationEntry(Group.PORTAL, "billing.usage", "/portal/usage", 30, "usage");
    }

    @Bean
    NavigationEntry portalInvoicesEntry() {
        return new NavigationEntry(Group.PORTAL, "billing.invoices", "/portal/invoices", 40, "invoices");
    }

    @Bean
    NavigationEntry plansEntry() {
        return new NavigationEntry(Group.SELL, "billing.plans", "/plans", 25, "plans");
    }

    @Bean
    AccessRules billingRules() {
        return AccessRules.of(
                AccessRule.page("/usage"),
                AccessRule.page("/usage.csv"),
                AccessRule.page("/invoices"),
                AccessRule.form("/invoices"),
                AccessRule.page("/invoices/{tenant}/{number}"),
                AccessRule.page("/invoices/{tenant}/{number}/pdf"),
                AccessRule.form("/invoices/{tenant}/{number}/credit"),
                AccessRule.page("/invoices/{tenant}/{number}/csv"),
                AccessRule.page("/plans"),
                AccessRule.page("/api/plans").forAnyone(),
                AccessRule.form("/api/plans").forAnyone(),
                AccessRule.form("/api/plans/codes").forAnyone(),
                AccessRule.form("/customers/{tenant}/subscription"),
                AccessRule.form("/customers/{tenant}/subscription/end"),
                AccessRule.form("/customers/{tenant}/redeem"),
                AccessRule.form("/customers/{tenant}/bundle"),
                AccessRule.form("/customers/{tenant}/payer"),
                AccessRule.form("/customers/{tenant}/release"),
                AccessRule.form("/customers/{tenant}/credit"),
                AccessRule.portalPage("/portal"),
                AccessRule.portalPage("/portal/usage"),
                AccessRule.portalPage("/portal/usage.csv"),
                AccessRule.portalPage("/portal/invoices"),
                AccessRule.portalPage("/portal/invoices/{number}"),
                AccessRule.portalPage("/portal/invoices/{number}/pdf"));
    }
}
