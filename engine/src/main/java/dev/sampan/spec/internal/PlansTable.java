package dev.sampan.spec.internal;

import dev.sampan.spec.PlansSpec;
import dev.sampan.spec.PlansSpec.Bundle;
import dev.sampan.spec.PlansSpec.Coupon;
import dev.sampan.spec.PlansSpec.Plan;
import dev.sampan.spec.PlansSpec.Tax;
import dev.sampan.spec.PlansSpec.Terms;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The keys of `plans.yaml`.
final class PlansTable {
    static final int MANY = 1000;

    private PlansTable() {}

    static Block<PlansSpec> root() {
        Field<PlansSpec, Integer> version =
                Field.of("version", NumberTypes.whole(1, 1), 1, "Version of this format", _ -> 1);
        Field<PlansSpec, List<Plan>> plans = Field.required(
                "plans", new ListType<>(PlanTable.plan(), "plans", 0, MANY), "What is sold", PlansSpec::plans);
        Field<PlansSpec, List<Bundle>> bundles = Field.of(
                "bundles",
                new ListType<>(PlanTable.bundle(), "bundles", 0, MANY),
                List.of(),
                "Units that are bought once and expire",
                PlansSpec::bundles);
        Field<PlansSpec, List<Coupon>> coupons = Field.of(
                "coupons",
                new ListType<>(CouponTable.coupon(), "coupons", 0, MANY),
                List.of(),
                "What takes something off",
                PlansSpec::coupons);
        Field<PlansSpec, List<Tax>> taxes = Field.of(
                "taxes", new ListType<>(tax(), "taxes", 0, MANY), List.of(), "By customers' region", PlansSpec::taxes);
        Field<PlansSpec, Terms> terms =
                Field.block("terms", terms(), "When is invoiced, reminded, suspended, cancelled", PlansSpec::terms);
        return new Block<>(
                List.of(version, plans, bundles, coupons, taxes, terms),
                Set.of("addons", "shares"),
                v -> checked(
                        v, new PlansSpec(v.get(plans), v.get(bundles), v.get(coupons), v.get(taxes), v.get(terms))));
    }

    private static Block<Tax> tax() {
        Field<Tax, String> name = Field.required("name", TextTypes.text(), "As invoices say it", Tax::name);
        Field<Tax, BigDecimal> percent = Field.required("percent", new PercentType(), "Its rate", Tax::percent);
        Field<Tax, Boolean> inclusive = Field.of(
                "inclusive", TextTypes.truth(), false, "Prices hold it already; else it comes on top", Tax::inclusive);
        Field<Tax, List<String>> regions = Field.of(
                "regions",
                new ListType<>(TextTypes.text(), "regions", 0, MANY),
                List.of(),
                "Customers' regions it is for; empty: all that no other tax names",
                Tax::regions);
        return new Block<>(
                List.of(name, percent, inclusive, regions),
                Set.of(),
                v -> new Tax(v.get(name), v.get(percent), v.get(inclusive), v.get(regions)));
    }

    private static Block<Terms> terms() {
        Field<Terms, Integer> close = Field.of(
                "close_after",
                NumberTypes.whole(0, 7 * 24 * 60),
                60,
                "Minutes after its end that a usage period is invoiced, so that late calls are on it",
                Terms::closeAfterMinutes);
        Field<Terms, Integer> due =
                Field.of("due_days", NumberTypes.whole(0, 365), 0, "Days an invoice may be paid in", Terms::dueDays);
        Field<Terms, List<Integer>> reminders = Field.of(
                "reminders",
                new ListType<>(NumberTypes.whole(0, 365), "days", 0, 20),
                List.of(1, 3, 7),
                "Days after the due day that a reminder goes out",
                Terms::reminderDays);
        Field<Terms, Integer> suspend = Field.of(
                "suspend_after",
                NumberTypes.whole(0, 3650),
                14,
                "Days after the due day that calls are refused",
                Terms::suspendAfterDays);
        Field<Terms, Integer> cancel = Field.of(
                "cancel_after",
                NumberTypes.whole(0, 3650),
                30,
                "Days after the due day that the subscription ends",
                Terms::cancelAfterDays);
        return new Block<>(List.of(close, due, reminders, suspend, cancel), Set.of(), v -> {
            Terms made = new Terms(v.get(close), v.get(due), v.get(reminders), v.get(suspend), v.get(cancel));
            if (made.cancelAfterDays() < made.suspendAfterDays()) {
                v.problem(
                        "cancel_after",
                        Spot.OUT_OF_RANGE,
                        "cancel_after " + made.cancelAfterDays() + " comes before suspend_after "
                                + made.suspendAfterDays(),
                        "First suspend, then cancel");
            }
            return made;
        });
    }

    /// What is seen only when the whole file is held together.
    private static PlansSpec checked(Values values, PlansSpec spec) {
        values.requireUnique("plans", spec.plans(), Plan::name);
        values.requireUnique("bundles", spec.bundles(), Bundle::name);
        values.requireUnique("coupons", spec.coupons(), Coupon::name);
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < spec.coupons().size(); i++) {
            Coupon coupon = spec.coupons().get(i);
            for (String plan : coupon.plans()) {
                if (spec.plan(plan).isEmpty()) {
                    values.problem(
                            "coupons." + i + ".plans",
                            "spec.unknown_plan",
                            "The coupon '" + coupon.name() + "' is for '" + plan + "', which is no plan here",
                            "Plans: "
                                    + String.join(
                                            ", ",
                                            spec.plans().stream()
                                                    .map(Plan::name)
                                                    .toList()));
                }
            }
            for (String code : coupon.codes()) {
                if (!codes.add(code)) {
                    values.problem(
                            "coupons." + i + ".codes",
                            "spec.duplicate_name",
                            "Two coupons have the code '" + code + "'",
                            "Give each its own");
                }
            }
        }
        return spec;
    }
}
