package dev.sampan.billing.internal.rating;

import dev.sampan.spec.ChargeSpec;
import dev.sampan.spec.ChargeSpec.Flat;
import dev.sampan.spec.ChargeSpec.Graduated;
import dev.sampan.spec.ChargeSpec.Packaged;
import dev.sampan.spec.ChargeSpec.Percentage;
import dev.sampan.spec.ChargeSpec.Tier;
import dev.sampan.spec.ChargeSpec.Unit;
import dev.sampan.spec.ChargeSpec.Volume;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;

/// What a period's use costs under a charge.
///
/// The models are those of Lago and OpenMeter (their documentation's worked examples are our tests): a tier's end
/// belongs to the tier; a tier's flat part is due as soon as one unit lies in it; a package that is begun is whole.
public final class Rating {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Rating() {}

    /// What was used in a period.
    ///
    /// @param quantity of the charge's meter
    /// @param calls how many calls that was
    /// @param spent what the calls were charged when they ran, in the currency's units
    public record Use(long quantity, long calls, BigDecimal spent) {
        public Use {
            if (quantity < 0 || calls < 0) {
                throw new IllegalArgumentException("used " + quantity + " in " + calls + " calls");
            }
        }

        public static Use of(long quantity) {
            return new Use(quantity, 0, BigDecimal.ZERO);
        }

        /// What is left to rate when so many units are included in the plan.
        public Use beyond(long included) {
            return new Use(Math.max(0, quantity - included), calls, spent);
        }
    }

    /// Exact, in the currency's units.
    public static BigDecimal of(ChargeSpec charge, Use use) {
        return switch (charge) {
            case Flat flat -> use.quantity == 0 ? BigDecimal.ZERO : flat.price();
            case Unit unit -> units(use.quantity, unit.price(), unit.per());
            case Graduated graduated -> graduated(graduated, use.quantity);
            case Volume volume -> volume(volume, use.quantity);
            case Packaged packaged -> packaged.price().multiply(BigDecimal.valueOf(packages(packaged, use.quantity)));
            case Percentage percentage -> percentage(percentage, use);
        };
    }

    /// Half up to the currency's own digits: once for each line.
    public static BigDecimal rounded(BigDecimal exact, Currency currency) {
        return exact.setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP);
    }

    /// What is added so that a period comes to at least its commitment.
    public static BigDecimal missing(BigDecimal commitment, BigDecimal rated) {
        return commitment.subtract(rated).max(BigDecimal.ZERO);
    }

    /// `per` is a power of ten, so the quotient is finite.
    private static BigDecimal units(long quantity, BigDecimal price, long per) {
        return price.multiply(BigDecimal.valueOf(quantity)).divide(BigDecimal.valueOf(per));
    }

    private static BigDecimal graduated(Graduated charge, long quantity) {
        BigDecimal sum = BigDecimal.ZERO;
        long done = 0;
        for (Tier tier : charge.tiers()) {
            if (quantity <= done) {
                break;
            }
            long end = end(tier, quantity);
            sum = sum.add(tier.flat()).add(units(end - done, tier.price(), charge.per()));
            done = end;
        }
        return sum;
    }

    private static long end(Tier tier, long quantity) {
        return tier.upTo() == null ? quantity : Math.min(quantity, tier.upTo());
    }

    private static BigDecimal volume(Volume charge, long quantity) {
        if (quantity == 0) {
            return BigDecimal.ZERO;
        }
        Tier tier = holding(charge.tiers(), quantity);
        return tier.flat().add(units(quantity, tier.price(), charge.per()));
    }

    private static Tier holding(List<Tier> tiers, long quantity) {
        return tiers.stream()
                .filter(tier -> tier.upTo() == null || quantity <= tier.upTo())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no tier for " + quantity + " in " + tiers));
    }

    private static long packages(Packaged charge, long quantity) {
        return Math.ceilDiv(quantity, charge.size());
    }

    private static BigDecimal percentage(Percentage charge, Use use) {
        BigDecimal share = use.spent.multiply(charge.percent()).divide(HUNDRED);
        BigDecimal sum = share.add(charge.perCall().multiply(BigDecimal.valueOf(use.calls)));
        if (use.spent.signum() == 0 && use.calls == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal atLeast = charge.min() == null ? sum : sum.max(charge.min());
        return charge.max() == null ? atLeast : atLeast.min(charge.max());
    }
}
