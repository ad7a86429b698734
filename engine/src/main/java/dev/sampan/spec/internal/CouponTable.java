package dev.sampan.spec.internal;

import dev.sampan.spec.PlansSpec.AmountOff;
import dev.sampan.spec.PlansSpec.Coupon;
import dev.sampan.spec.PlansSpec.Duration;
import dev.sampan.spec.PlansSpec.Off;
import dev.sampan.spec.PlansSpec.PercentOff;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Set;

/// What takes something off the price of a subscription.
final class CouponTable {
    private static final int TIMES = 1_000_000_000;

    private CouponTable() {}

    static Block<Coupon> coupon() {
        Field<Coupon, String> name = Field.required("name", TextTypes.name(), "What it is called", Coupon::name);
        Field<Coupon, Off> off = Field.required(
                "off",
                new Variants<>(
                        List.of(
                                new Variants.Case<>("percent", PercentOff.class, percent()),
                                new Variants.Case<>("amount", AmountOff.class, amount())),
                        List.of("units")),
                "What it takes off a period's price",
                Coupon::off);
        Field<Coupon, Duration> duration = Field.of(
                "duration",
                TextTypes.choice(Duration.class),
                Duration.ONCE,
                "For one paid period, for some, or for all",
                Coupon::duration);
        Field<Coupon, Integer> periods =
                Field.of("periods", NumberTypes.whole(0, 1200), 0, "How many, where it is repeating", Coupon::periods);
        Field<Coupon, List<String>> plans = Field.of(
                "plans",
                new ListType<>(TextTypes.name(), "plans", 0, PlansTable.MANY),
                List.of(),
                "Plans it is for; empty: all",
                Coupon::plans);
        Field<Coupon, List<String>> codes = Field.of(
                "codes",
                new ListType<>(TextTypes.text(), "codes", 0, PlansTable.MANY),
                List.of(),
                "Words that anyone may redeem, once each",
                Coupon::codes);
        Field<Coupon, Integer> redemptions =
                Field.nullable("redemptions", NumberTypes.whole(1, TIMES), "How often in all", Coupon::redemptions);
        Field<Coupon, LocalDate> expires =
                Field.nullable("expires", new DateType(), "From this day on it is not redeemed", Coupon::expires);
        return new Block<>(
                List.of(name, off, duration, periods, plans, codes, redemptions, expires), Set.of("credit"), v -> {
                    Coupon made = new Coupon(
                            v.get(name),
                            v.get(off),
                            v.get(duration),
                            v.get(periods),
                            v.get(plans),
                            v.get(codes),
                            v.find(redemptions),
                            v.find(expires));
                    if ((made.duration() == Duration.REPEATING) != (made.periods() > 0)) {
                        v.problem(
                                "periods",
                                Spot.OUT_OF_RANGE,
                                "The coupon '" + made.name() + "' has " + made.periods() + " periods and is "
                                        + made.duration().name().toLowerCase(java.util.Locale.ROOT),
                                "Write 'duration: repeating' and how many 'periods', or neither");
                    }
                    return made;
                });
    }

    private static Block<PercentOff> percent() {
        Field<PercentOff, String> type =
                Field.of("type", TextTypes.word(List.of("percent")), "percent", "A share of the price", _ -> "percent");
        Field<PercentOff, BigDecimal> percent =
                Field.required("percent", new PercentType(), "Of the period's price", PercentOff::percent);
        return new Block<>(List.of(type, percent), Set.of(), v -> new PercentOff(v.get(percent)));
    }

    private static Block<AmountOff> amount() {
        Field<AmountOff, String> type =
                Field.required("type", TextTypes.word(List.of("amount")), "An amount of money", _ -> "amount");
        Field<AmountOff, BigDecimal> amount =
                Field.required("amount", NumberTypes.amount(), "Off each period, never below 0", AmountOff::amount);
        Field<AmountOff, Currency> currency = Field.of(
                "currency", new CurrencyType(), Currency.getInstance("CNY"), "ISO 4217 code", AmountOff::currency);
        return new Block<>(List.of(type, amount, currency), Set.of(), v -> {
            PlanTable.coins(v, "amount", v.get(amount), v.get(currency));
            return new AmountOff(v.get(amount), v.get(currency));
        });
    }
}
