package dev.sampan.spec.internal;

import dev.sampan.spec.ChargeSpec;
import dev.sampan.spec.PlansSpec.Bundle;
import dev.sampan.spec.PlansSpec.Charge;
import dev.sampan.spec.PlansSpec.Discount;
import dev.sampan.spec.PlansSpec.Evergreen;
import dev.sampan.spec.PlansSpec.Included;
import dev.sampan.spec.PlansSpec.Interval;
import dev.sampan.spec.PlansSpec.Phase;
import dev.sampan.spec.PlansSpec.Plan;
import dev.sampan.spec.PlansSpec.Seats;
import dev.sampan.spec.PlansSpec.Settlement;
import dev.sampan.spec.PlansSpec.Trial;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// One plan, one bundle.
final class PlanTable {
    private static final long UNITS_MAX = 1_000_000_000_000_000L;
    private static final Currency CNY = Currency.getInstance("CNY");

    /// The codes of the door's meters.
    private static final Type<String> METER = TextTypes.word(List.of(
            "unit", "input", "cached_input", "cache_write", "output", "reasoning", "request", "image", "second"));

    /// What a fund beside the wallet can be counted in: a token is one of the prompt or the answer alike.
    private static final Type<String> COUNTED =
            TextTypes.word(List.of("token", "input", "unit", "request", "image", "second"));

    private static final Field<Plan, Settlement> SETTLEMENT = Field.of(
            "settlement",
            TextTypes.choice(Settlement.class),
            Settlement.PREPAID,
            "Who pays for calls that nothing included covers: the wallet, or an invoice afterwards",
            Plan::settlement);

    private static final Field<Plan, BigDecimal> LINE = Field.of(
            "credit_line",
            NumberTypes.amount(),
            BigDecimal.ZERO,
            "What may be spent until the invoice, with pay_later",
            Plan::creditLine);

    private static final Field<Plan, List<Phase>> PHASES = Field.of(
            "phases",
            new ListType<>(phase(), "phases", 0, 10),
            List.of(),
            "How a subscription starts: a trial, discounts, then the plan's own price",
            Plan::phases);

    private static final Field<Plan, List<Included>> INCLUDED = Field.of(
            "included",
            new ListType<>(included(), "allowances", 0, 100),
            List.of(),
            "Units that come with each month",
            Plan::included);

    private static final Field<Plan, List<Charge>> CHARGES = Field.of(
            "charges",
            new ListType<>(charge(), "charges", 0, 100),
            List.of(),
            "How use beyond it is priced when the period has ended",
            Plan::charges);

    private static final Field<Plan, BigDecimal> COMMITMENT = Field.of(
            "commitment",
            NumberTypes.amount(),
            BigDecimal.ZERO,
            "What the use of a month comes to at least",
            Plan::commitment);

    private PlanTable() {}

    static Block<Plan> plan() {
        Field<Plan, String> name = Field.required("name", TextTypes.name(), "What it is called", Plan::name);
        Field<Plan, String> title = Field.required("title", TextTypes.text(), "As customers read it", Plan::title);
        Field<Plan, LocalDate> from = Field.nullable(
                "effective_from",
                new DateType(),
                "New subscriptions from this day on; null: at once",
                Plan::effectiveFrom);
        Field<Plan, Currency> currency = Field.of("currency", new CurrencyType(), CNY, "ISO 4217 code", Plan::currency);
        Field<Plan, Interval> interval = Field.of(
                "interval",
                TextTypes.choice(Interval.class),
                Interval.MONTH,
                "How often the price is due",
                Plan::interval);
        Field<Plan, BigDecimal> price =
                Field.required("price", NumberTypes.amount(), "Of a period, at its start", Plan::price);
        Field<Plan, Seats> seats = Field.nullable("seats", seats(), "Null: seats are not sold", Plan::seats);
        return new Block<>(
                List.of(
                        name,
                        title,
                        from,
                        currency,
                        interval,
                        price,
                        seats,
                        SETTLEMENT,
                        LINE,
                        PHASES,
                        INCLUDED,
                        CHARGES,
                        COMMITMENT),
                Set.of("entitlements", "limits"),
                v -> checked(
                        v,
                        new Plan(
                                v.get(name),
                                v.get(title),
                                v.find(from),
                                v.get(currency),
                                v.get(interval),
                                v.get(price),
                                v.find(seats),
                                v.get(SETTLEMENT),
                                v.get(LINE),
                                v.get(PHASES),
                                v.get(INCLUDED),
                                v.get(CHARGES),
                                v.get(COMMITMENT))));
    }

    private static Plan checked(Values values, Plan plan) {
        coins(values, "price", plan.price(), plan.currency());
        coins(values, "credit_line", plan.creditLine(), plan.currency());
        coins(values, "commitment", plan.commitment(), plan.currency());
        if (plan.seats() != null) {
            coins(values, "seats", plan.seats().price(), plan.currency());
        }
        if ((plan.settlement() == Settlement.PAY_LATER) != (plan.creditLine().signum() > 0)) {
            values.problem(
                    "credit_line",
                    Spot.OUT_OF_RANGE,
                    "The plan '" + plan.name() + "' has a credit_line of "
                            + plan.creditLine().toPlainString() + " and is "
                            + TextTypes.choice(Settlement.class).write(plan.settlement()),
                    "Write 'settlement: pay_later' and a credit_line above 0, or neither");
        }
        for (int i = 0; i < plan.phases().size(); i++) {
            boolean misplaced = plan.phases().get(i) instanceof Trial && i > 0
                    || plan.phases().get(i) instanceof Evergreen
                            && i < plan.phases().size() - 1;
            if (misplaced) {
                values.problem(
                        "phases." + i,
                        Spot.OUT_OF_RANGE,
                        "The plan '" + plan.name() + "' has its phases in an order that cannot be",
                        "A trial comes first, 'evergreen' last");
            }
        }
        return plan;
    }

    private static Block<Seats> seats() {
        Field<Seats, Integer> included = Field.of(
                "included", NumberTypes.whole(0, 1_000_000), 1, "Within the plan's own price", Seats::included);
        Field<Seats, BigDecimal> price =
                Field.required("price", NumberTypes.amount(), "Of each further one", Seats::price);
        return new Block<>(List.of(included, price), Set.of(), v -> new Seats(v.get(included), v.get(price)));
    }

    private static <T extends Phase> Field<T, String> tag(String tag, String description) {
        return Field.required("type", TextTypes.word(List.of(tag)), description, _ -> tag);
    }

    private static Variants<Phase> phase() {
        Field<Trial, String> trial = tag("trial", "Nothing is due; what is included is there");
        Field<Trial, Integer> days = Field.required("days", NumberTypes.whole(1, 3650), "How long", Trial::days);
        Field<Discount, String> discount = tag("discount", "Something off the price");
        Field<Discount, Integer> periods =
                Field.required("periods", NumberTypes.whole(1, 1200), "How many", Discount::periods);
        Field<Discount, BigDecimal> percent =
                Field.required("percent", new PercentType(), "Off the price", Discount::percent);
        Field<Evergreen, String> evergreen = tag("evergreen", "The plan's own price, without end");
        return new Variants<>(
                List.of(
                        new Variants.Case<>(
                                "trial",
                                Trial.class,
                                new Block<>(List.of(trial, days), Set.of(), v -> new Trial(v.get(days)))),
                        new Variants.Case<>(
                                "discount",
                                Discount.class,
                                new Block<>(
                                        List.of(discount, periods, percent),
                                        Set.of(),
                                        v -> new Discount(v.get(periods), v.get(percent)))),
                        new Variants.Case<>(
                                "evergreen",
                                Evergreen.class,
                                new Block<>(List.of(evergreen), Set.of(), _ -> new Evergreen()))),
                List.of("ramp"));
    }

    private static <T> Field<T, String> meter(Function<T, String> getter) {
        return Field.required("meter", METER, "What is counted", getter);
    }

    private static <T> Field<T, List<String>> models(Function<T, List<String>> getter) {
        return Field.of(
                "models",
                new ListType<>(TextTypes.name(), "models", 0, PlansTable.MANY),
                List.of(),
                "Public names; empty: all",
                getter);
    }

    private static Block<Included> included() {
        Field<Included, String> meter = Field.required("meter", COUNTED, "What is counted", Included::meter);
        Field<Included, List<String>> models = models(Included::models);
        Field<Included, Long> units = Field.required(
                "units", NumberTypes.count(1, UNITS_MAX), "How many come with each month", Included::units);
        return new Block<>(
                List.of(meter, models, units),
                Set.of("rollover"),
                v -> new Included(v.get(meter), v.get(models), v.get(units)));
    }

    private static Block<Charge> charge() {
        Field<Charge, String> meter = meter(Charge::meter);
        Field<Charge, List<String>> models = models(Charge::models);
        Field<Charge, ChargeSpec> rate =
                Field.required("rate", ChargeTable.RATE, "How the period's use is priced", Charge::rate);
        return new Block<>(
                List.of(meter, models, rate), Set.of(), v -> new Charge(v.get(meter), v.get(models), v.get(rate)));
    }

    static Block<Bundle> bundle() {
        Field<Bundle, String> name = Field.required("name", TextTypes.name(), "What it is called", Bundle::name);
        Field<Bundle, String> title = Field.required("title", TextTypes.text(), "As customers read it", Bundle::title);
        Field<Bundle, Currency> currency =
                Field.of("currency", new CurrencyType(), CNY, "ISO 4217 code", Bundle::currency);
        Field<Bundle, BigDecimal> price = Field.required("price", NumberTypes.amount(), "Of all of it", Bundle::price);
        Field<Bundle, Integer> days =
                Field.required("days", NumberTypes.whole(1, 3650), "How long it may be used", Bundle::days);
        Field<Bundle, Included> contents = Field.required("contents", included(), "What is in it", Bundle::contents);
        return new Block<>(List.of(name, title, currency, price, days, contents), Set.of("rollover"), v -> {
            coins(v, "price", v.get(price), v.get(currency));
            return new Bundle(v.get(name), v.get(title), v.get(currency), v.get(price), v.get(days), v.get(contents));
        });
    }

    /// What stands on an invoice has no more decimals than the currency has coins.
    static void coins(Values values, String path, BigDecimal amount, Currency currency) {
        if (Math.max(0, amount.stripTrailingZeros().scale()) > currency.getDefaultFractionDigits()) {
            values.problem(
                    path,
                    Spot.OUT_OF_RANGE,
                    path + " is " + amount.toPlainString() + ", which " + currency.getCurrencyCode()
                            + " has no coins for",
                    "Use at most " + currency.getDefaultFractionDigits() + " decimals");
        }
    }
}
