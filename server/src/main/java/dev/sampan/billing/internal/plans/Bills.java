package dev.sampan.billing.internal.plans;

import dev.sampan.billing.InvoiceItem;
import dev.sampan.billing.InvoiceItem.Kind;
import dev.sampan.billing.internal.calendar.Period;
import dev.sampan.billing.internal.rating.Proration;
import dev.sampan.billing.internal.rating.Rating;
import dev.sampan.spec.PlansSpec.AmountOff;
import dev.sampan.spec.PlansSpec.Coupon;
import dev.sampan.spec.PlansSpec.PercentOff;
import dev.sampan.spec.PlansSpec.Plan;
import dev.sampan.spec.PlansSpec.Tax;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands on invoices of plans, pure. Each item is rounded once.
final class Bills {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Bills() {}

    /// A period's price, in advance.
    ///
    /// @param paidPeriod 0 for the first
    /// @param coupons those that hold for this period, in the order in which they were redeemed
    static List<InvoiceItem> fee(Plan plan, int seats, int paidPeriod, Period period, List<Coupon> coupons) {
        List<InvoiceItem> items = new ArrayList<>();
        BigDecimal left = plan.price();
        items.add(item(Kind.FEE, plan.title(), period, 1, plan.price(), plan.currency(), plan.price()));
        BigDecimal all = plan.price(seats);
        if (plan.seats() != null && all.compareTo(plan.price()) > 0) {
            long further = seats - (long) plan.seats().included();
            BigDecimal ofSeats = all.subtract(plan.price());
            items.add(
                    item(Kind.SEATS, plan.title(), period, further, plan.seats().price(), plan.currency(), ofSeats));
            left = all;
        }
        left = off(items, plan.title(), period, plan.currency(), share(left, plan.percentOff(paidPeriod)), left);
        for (Coupon coupon : coupons) {
            BigDecimal taken = switch (coupon.off()) {
                case PercentOff percent -> share(left, percent.percent());
                case AmountOff amount -> amount.currency().equals(plan.currency()) ? amount.amount() : BigDecimal.ZERO;
            };
            left = off(items, coupon.name(), period, plan.currency(), taken, left);
        }
        return items;
    }

    private static BigDecimal share(BigDecimal amount, BigDecimal percent) {
        return amount.multiply(percent).divide(HUNDRED);
    }

    /// Takes something off, never more than there is.
    private static BigDecimal off(
            List<InvoiceItem> items, String why, Period period, Currency currency, BigDecimal taken, BigDecimal left) {
        BigDecimal rounded = Rating.rounded(taken.min(left), currency);
        if (rounded.signum() == 0) {
            return left;
        }
        items.add(item(Kind.DISCOUNT, why, period, 1, rounded.negate(), currency, rounded.negate()));
        return left.subtract(rounded);
    }

    /// A move within a period: what is left of the old price comes off, what is left of the new one is due. The whole
    /// period is the denominator of both.
    ///
    /// @param paid what the period cost under the old terms, discounts taken off
    /// @param due what it would cost under the new ones
    /// @param rest of the period, from the day of the move on
    static List<InvoiceItem> move(Plan old, BigDecimal paid, Plan plan, BigDecimal due, Period rest, Period whole) {
        int digits = plan.currency().getDefaultFractionDigits();
        BigDecimal back = Proration.of(paid, rest, whole, digits).negate();
        BigDecimal now = Proration.of(due, rest, whole, digits);
        List<InvoiceItem> items = new ArrayList<>();
        if (back.signum() != 0) {
            items.add(item(Kind.PRORATION, old.title(), rest, 1, back, plan.currency(), back));
        }
        if (now.signum() != 0) {
            items.add(item(Kind.PRORATION, plan.title(), rest, 1, now, plan.currency(), now));
        }
        return items;
    }

    /// A tax as the last item.
    ///
    /// @param calls what the calls on the same invoice come to
    static List<InvoiceItem> taxed(List<InvoiceItem> items, BigDecimal calls, @Nullable Tax tax, Currency currency) {
        BigDecimal base = items.stream()
                .filter(InvoiceItem::taxed)
                .map(InvoiceItem::amount)
                .reduce(calls, BigDecimal::add);
        if (tax == null || base.signum() <= 0) {
            return List.copyOf(items);
        }
        List<InvoiceItem> all = new ArrayList<>(items);
        String name = tax.name() + " " + tax.percent().stripTrailingZeros().toPlainString() + " %";
        int digits = currency.getDefaultFractionDigits();
        if (tax.inclusive()) {
            BigDecimal whole = HUNDRED.add(tax.percent());
            BigDecimal within = base.multiply(tax.percent()).divide(whole, digits, java.math.RoundingMode.HALF_UP);
            all.add(new InvoiceItem(Kind.TAX_INCLUDED, name, null, null, 1, within, BigDecimal.ZERO.setScale(digits)));
        } else {
            BigDecimal onTop = Rating.rounded(share(base, tax.percent()), currency);
            all.add(new InvoiceItem(Kind.TAX, name, null, null, 1, base, onTop));
        }
        return List.copyOf(all);
    }

    static BigDecimal sum(List<InvoiceItem> items) {
        return items.stream().map(InvoiceItem::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static InvoiceItem item(
            Kind kind,
            String subject,
            Period period,
            long quantity,
            BigDecimal unit,
            Currency currency,
            BigDecimal exact) {
        return new InvoiceItem(
                kind, subject, period.start(), period.end(), quantity, unit, Rating.rounded(exact, currency));
    }
}
