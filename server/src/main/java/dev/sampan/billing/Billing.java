package dev.sampan.billing;

import dev.sampan.gateway.Meter;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.metering.Meters.SuppliedSum;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Prices, wallets and invoices.
public interface Billing {
    /// A new version when it differs from the one in effect, else that one.
    ///
    /// @param tiers by ascending threshold of the prompt, the first from 0, all in one currency
    Price setPrice(String model, String product, List<Price.Tier> tiers, ActorId by);

    /// With the same rates whatever the prompt.
    default Price setPrice(String model, String product, Map<Meter, Money> rates, ActorId by) {
        return setPrice(model, product, List.of(new Price.Tier(0, rates)), by);
    }

    /// Of a model of our own: each input answered costs the same.
    default Price setPrice(String model, String product, Money perUnit, ActorId by) {
        return setPrice(model, product, Map.of(Meter.UNIT, perUnit), by);
    }

    Optional<Price> price(String model, Instant at);

    /// Grants a customer's one trial credit. False when it was granted before, whatever the amount.
    boolean grantTrialCredit(TenantId customer, Money amount, ActorId by);

    Balance balance(TenantId customer);

    /// What supplied models earned and cost, of calls received in `[from, to)`, this second's included. For the
    /// team alone.
    List<SuppliedSum> margins(Instant from, Instant to);

    /// Sums of usage by day and model (or key), oldest first.
    ///
    /// @param groupBy `model`, `key` or `day`
    List<UsageSum> usage(TenantId customer, Instant from, Instant to, String groupBy);

    /// Invoices all calls received so far that no invoice holds yet; empty when there are none.
    Optional<Invoice> issueInvoice(TenantId customer, ActorId by);

    /// Newest first.
    List<Invoice> invoices(TenantId customer);

    Optional<Invoice> invoice(TenantId customer, String number);

    /// The invoice as PDF, with its own fonts.
    byte[] pdf(Invoice invoice, Locale language);

    /// @param units over all meters
    /// @param group the model's or key's name, or the day as ISO date in UTC
    record UsageSum(String group, long calls, long units, Money amount) {}
}
