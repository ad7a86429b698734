package dev.sampan.billing.internal.plans;

import dev.sampan.billing.InvoiceItem;
import dev.sampan.billing.InvoiceItem.Kind;
import dev.sampan.billing.Price;
import dev.sampan.billing.internal.calendar.Period;
import dev.sampan.billing.internal.rating.Proration;
import dev.sampan.billing.internal.rating.Rating;
import dev.sampan.gateway.Meter;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Meters.PricedSum;
import dev.sampan.spec.ChargeSpec.Percentage;
import dev.sampan.spec.PlansSpec.Charge;
import dev.sampan.spec.PlansSpec.Plan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// A month of use under a plan, priced when it has ended; pure.
///
/// A charge prices the units of its meter that nothing included has paid. What the same units were charged when
/// the calls ran is taken off again, so that a unit is paid once; a share of the spending comes on top of it.
final class UseBill {
    private final Plan plan;
    private final Function<Ulid, Price> prices;
    private final Predicate<Ulid> allowance;

    /// @param prices by version
    /// @param allowance whether a fund is of units, not of money
    UseBill(Plan plan, Function<Ulid, Price> prices, Predicate<Ulid> allowance) {
        this.plan = plan;
        this.prices = prices;
        this.allowance = allowance;
    }

    /// @param part the days it is for
    /// @param whole the month they are of
    List<InvoiceItem> items(List<PricedSum> used, Period part, Period whole) {
        List<InvoiceItem> items = new ArrayList<>();
        for (Charge charge : plan.charges()) {
            charged(items, charge, used, part);
        }
        BigDecimal committed =
                Proration.of(plan.commitment(), part, whole, plan.currency().getDefaultFractionDigits());
        BigDecimal missing = Rating.missing(committed, Bills.sum(items).add(spent(used)));
        if (missing.signum() > 0) {
            items.add(Bills.item(Kind.MINIMUM, plan.title(), part, 1, committed, plan.currency(), missing));
        }
        return items;
    }

    private void charged(List<InvoiceItem> items, Charge charge, List<PricedSum> used, Period part) {
        Meter meter = Meter.of(charge.meter());
        List<PricedSum> paid = used.stream()
                .filter(sum -> charge.models().isEmpty() || charge.models().contains(sum.model()))
                .filter(this::byMoney)
                .filter(sum -> sum.quantities().of(meter) > 0)
                .toList();
        long quantity =
                paid.stream().mapToLong(sum -> sum.quantities().of(meter)).sum();
        long calls = paid.stream().mapToLong(PricedSum::calls).sum();
        BigDecimal already = paid.stream().map(sum -> charged(sum, meter)).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal rated = Rating.of(charge.rate(), new Rating.Use(quantity, calls, already));
        String subject = charge.meter() + (charge.models().isEmpty() ? "" : " · " + String.join(", ", charge.models()));
        boolean onTop = charge.rate() instanceof Percentage;
        if (rated.signum() != 0 || !onTop && already.signum() != 0) {
            items.add(Bills.item(Kind.OVERAGE, subject, part, quantity, rated, plan.currency(), rated));
        }
        if (!onTop && already.signum() != 0) {
            BigDecimal off = already.negate();
            items.add(Bills.item(Kind.ALREADY_CHARGED, subject, part, quantity, off, plan.currency(), off));
        }
    }

    private boolean byMoney(PricedSum sum) {
        return sum.amount().currency().equals(plan.currency()) && (sum.fund() == null || !allowance.test(sum.fund()));
    }

    /// What the units of one meter were charged when the calls ran.
    private BigDecimal charged(PricedSum sum, Meter meter) {
        return prices.apply(sum.priceVersion())
                .tier(sum.fromPrompt())
                .rate(meter)
                .times(sum.quantities().of(meter))
                .amount();
    }

    private BigDecimal spent(List<PricedSum> used) {
        return used.stream()
                .filter(this::byMoney)
                .map(sum -> sum.amount().amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
