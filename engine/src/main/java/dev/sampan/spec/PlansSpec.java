package dev.sampan.spec;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `plans.yaml`: what is sold over time.
public record PlansSpec(List<Plan> plans, List<Bundle> bundles, List<Coupon> coupons, List<Tax> taxes, Terms terms) {
    public PlansSpec {
        plans = List.copyOf(plans);
        bundles = List.copyOf(bundles);
        coupons = List.copyOf(coupons);
        taxes = List.copyOf(taxes);
    }

    public Optional<Plan> plan(String name) {
        return plans.stream().filter(plan -> plan.name().equals(name)).findFirst();
    }

    public Optional<Bundle> bundle(String name) {
        return bundles.stream().filter(bundle -> bundle.name().equals(name)).findFirst();
    }

    public Optional<Coupon> coupon(String name) {
        return coupons.stream().filter(coupon -> coupon.name().equals(name)).findFirst();
    }

    /// The tax of a customer's region; the one without regions is for all that no other names.
    public Optional<Tax> tax(@Nullable String region) {
        return taxes.stream()
                .filter(tax -> region != null && tax.regions().contains(region))
                .findFirst()
                .or(() -> taxes.stream().filter(tax -> tax.regions().isEmpty()).findFirst());
    }

    /// One thing a customer can be subscribed to.
    ///
    /// @param title as customers read it
    /// @param effectiveFrom new subscriptions from this day on; null: at once
    /// @param price of a period, paid at its start
    /// @param seats null where seats are not sold
    /// @param creditLine what may be spent and is invoiced later, for [Settlement#PAY_LATER]; else 0
    /// @param commitment what a usage period comes to at least; 0 for none
    public record Plan(
            String name,
            String title,
            @Nullable LocalDate effectiveFrom,
            Currency currency,
            Interval interval,
            BigDecimal price,
            @Nullable Seats seats,
            Settlement settlement,
            BigDecimal creditLine,
            List<Phase> phases,
            List<Included> included,
            List<Charge> charges,
            BigDecimal commitment) {
        public Plan {
            phases = List.copyOf(phases);
            included = List.copyOf(included);
            charges = List.copyOf(charges);
        }

        /// 0 without a trial.
        public int trialDays() {
            return phases.stream()
                    .filter(Trial.class::isInstance)
                    .mapToInt(phase -> ((Trial) phase).days())
                    .sum();
        }

        /// Percent off the price of the n-th paid period, 0 being the first.
        public BigDecimal percentOff(long paidPeriod) {
            long first = 0;
            for (Phase phase : phases) {
                if (phase instanceof Discount discount) {
                    if (paidPeriod >= first && paidPeriod < first + discount.periods()) {
                        return discount.percent();
                    }
                    first += discount.periods();
                }
            }
            return BigDecimal.ZERO;
        }

        /// The price of a period with so many seats, before any discount.
        public BigDecimal price(int ofSeats) {
            return seats == null
                    ? price
                    : price.add(seats.price().multiply(BigDecimal.valueOf(Math.max(0, ofSeats - seats.included()))));
        }
    }

    /// How often a plan's price is due. What is included comes each month (each week of a weekly plan).
    public enum Interval {
        WEEK,
        MONTH,
        YEAR
    }

    /// Who pays for a call that nothing included covers.
    public enum Settlement {
        /// The wallet, before the call runs.
        PREPAID,
        /// The credit line; it is invoiced when the period has ended.
        PAY_LATER
    }

    /// @param included seats within the plan's own price
    /// @param price of each further one
    public record Seats(int included, BigDecimal price) {}

    /// A stretch at the start of a subscription.
    public sealed interface Phase {}

    /// Nothing is due; what is included is there.
    public record Trial(int days) implements Phase {}

    public record Discount(int periods, BigDecimal percent) implements Phase {}

    /// The plan's own price, without end.
    public record Evergreen() implements Phase {}

    /// Units of one meter that come with each month (week) and end with it.
    ///
    /// @param models public names; empty: all
    public record Included(String meter, List<String> models, long units) {
        public Included {
            models = List.copyOf(models);
        }
    }

    /// How the use of a period beyond what is included is priced when the period has ended. What the same calls were
    /// charged when they ran is taken off, except under [ChargeSpec.Percentage], which comes on top.
    public record Charge(String meter, List<String> models, ChargeSpec rate) {
        public Charge {
            models = List.copyOf(models);
        }
    }

    /// Units that are bought once and expire.
    public record Bundle(String name, String title, Currency currency, BigDecimal price, int days, Included contents) {}

    /// Off the price of a subscription, or money into a wallet.
    ///
    /// @param periods for [Duration#REPEATING]; else 0
    /// @param plans names of those it is for; empty: all
    /// @param codes words anyone may redeem; single-use codes are made apart
    /// @param redemptions how often in all; null: without limit
    public record Coupon(
            String name,
            Off off,
            Duration duration,
            int periods,
            List<String> plans,
            List<String> codes,
            @Nullable Integer redemptions,
            @Nullable LocalDate expires) {
        public Coupon {
            plans = List.copyOf(plans);
            codes = List.copyOf(codes);
        }

        /// How many periods it lasts.
        public long lasts() {
            return switch (duration) {
                case ONCE -> 1;
                case REPEATING -> periods;
                case FOREVER -> Long.MAX_VALUE;
            };
        }
    }

    /// What a coupon takes off a period's price.
    public sealed interface Off {}

    public record PercentOff(BigDecimal percent) implements Off {}

    public record AmountOff(BigDecimal amount, Currency currency) implements Off {}

    /// How long a coupon takes something off.
    public enum Duration {
        ONCE,
        REPEATING,
        FOREVER
    }

    /// @param inclusive prices hold it already; else it comes on top
    /// @param regions customers' regions it is for; empty: all others
    public record Tax(String name, BigDecimal percent, boolean inclusive, List<String> regions) {
        public Tax {
            regions = List.copyOf(regions);
        }
    }

    /// @param closeAfterMinutes how long after its end a usage period is invoiced, for calls that arrive late
    /// @param reminderDays days after the due day
    /// @param suspendAfterDays … after which calls are refused
    /// @param cancelAfterDays … after which the subscription ends
    public record Terms(
            int closeAfterMinutes, int dueDays, List<Integer> reminderDays, int suspendAfterDays, int cancelAfterDays) {
        public Terms {
            reminderDays = List.copyOf(reminderDays);
        }
    }
}
