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
import org.springframework.jdbc.core.simple.JdbcClient;

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

    /// Money that has arrived from outside goes into the wallet, in the caller's transaction; it may be spent once that
    /// is committed.
    ///
    /// @param reference what it is for, such as `payment/ID`; the same one credits once
    /// @return false when it was credited before
    /// @throws dev.sampan.kernel.ProblemException `billing.other_currency`, `billing.bad_amount`
    /// @throws IllegalStateException when it was credited before with another amount
    boolean credit(JdbcClient tx, TenantId customer, Money amount, String reference);

    /// Money leaves the wallet for outside, in the caller's transaction, which must not have touched the wallet before.
    /// What installations have leased and do not use comes home first, so this may take seconds.
    ///
    /// @param reference such as `refund/ID`; the same one takes once
    /// @return false when it was taken before
    /// @throws dev.sampan.kernel.ProblemException `billing.spent` when it is not there any
    ///     more, `billing.bad_amount`
    boolean takeBack(JdbcClient tx, TenantId customer, Money amount, String reference);

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
