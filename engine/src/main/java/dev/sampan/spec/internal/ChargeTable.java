package dev.sampan.spec.internal;

import dev.sampan.spec.ChargeSpec;
import dev.sampan.spec.ChargeSpec.Flat;
import dev.sampan.spec.ChargeSpec.Graduated;
import dev.sampan.spec.ChargeSpec.Packaged;
import dev.sampan.spec.ChargeSpec.Percentage;
import dev.sampan.spec.ChargeSpec.Tier;
import dev.sampan.spec.ChargeSpec.Unit;
import dev.sampan.spec.ChargeSpec.Volume;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a period's use is priced: the block `rate` of a plan's charge.
final class ChargeTable {
    static final Variants<ChargeSpec> RATE = new Variants<>(
            List.of(
                    new Variants.Case<>("unit", Unit.class, unit()),
                    new Variants.Case<>("flat", Flat.class, flat()),
                    new Variants.Case<>(
                            "graduated",
                            Graduated.class,
                            tiered("graduated", Graduated::tiers, Graduated::per, Graduated::new)),
                    new Variants.Case<>(
                            "volume", Volume.class, tiered("volume", Volume::tiers, Volume::per, Volume::new)),
                    new Variants.Case<>("package", Packaged.class, packaged()),
                    new Variants.Case<>("percentage", Percentage.class, percentage())),
            List.of("dynamic", "graduated_percentage"));

    private static final long MANY = 1_000_000_000_000_000L;

    private ChargeTable() {}

    private static <T extends ChargeSpec> Field<T, String> type(String tag, String description) {
        return Field.of("type", TextTypes.word(List.of(tag)), tag, description, _ -> tag);
    }

    private static <T> Field<T, Long> per(Function<T, Long> getter) {
        return Field.of("per", new PowerType(), 1L, "Units a price is for: 1, 1000 or 1000000", getter);
    }

    private static Block<Unit> unit() {
        Field<Unit, String> type = type("unit", "Each unit costs the same");
        Field<Unit, BigDecimal> price = Field.required("price", NumberTypes.amount(), "For 'per' units", Unit::price);
        Field<Unit, Long> per = per(Unit::per);
        return new Block<>(List.of(type, price, per), Set.of(), v -> new Unit(v.get(price), v.get(per)));
    }

    private static Block<Flat> flat() {
        Field<Flat, String> type = type("flat", "The same for any use above none");
        Field<Flat, BigDecimal> price = Field.required("price", NumberTypes.amount(), "Of the period", Flat::price);
        return new Block<>(List.of(type, price), Set.of(), v -> new Flat(v.get(price)));
    }

    private interface Tiered<T> {
        T of(List<Tier> tiers, long per);
    }

    private static <T extends ChargeSpec> Block<T> tiered(
            String tag, Function<T, List<Tier>> tiersOf, Function<T, Long> perOf, Tiered<T> made) {
        Field<T, String> type = type(
                tag,
                tag.equals("volume") ? "All units cost what the last tier says" : "Each unit costs its tier's price");
        Field<T, List<Tier>> tiers = Field.required(
                "tiers", new ListType<>(tier(), "tiers", 1, 100), "Rising; the last without up_to", tiersOf);
        Field<T, Long> per = per(perOf);
        return new Block<>(List.of(type, tiers, per), Set.of(), v -> {
            rising(v, v.get(tiers));
            return made.of(v.get(tiers), v.get(per));
        });
    }

    private static Block<Tier> tier() {
        Field<Tier, Long> upTo = Field.nullable(
                "up_to",
                NumberTypes.count(1, MANY),
                "Last unit of this tier, inclusive; null: without end",
                Tier::upTo);
        Field<Tier, BigDecimal> price = Field.required("price", NumberTypes.amount(), "For 'per' units", Tier::price);
        Field<Tier, BigDecimal> flat = Field.of(
                "flat", NumberTypes.amount(), BigDecimal.ZERO, "Once, when a unit lies in this tier", Tier::flat);
        return new Block<>(
                List.of(upTo, price, flat), Set.of(), v -> new Tier(v.find(upTo), v.get(price), v.get(flat)));
    }

    private static void rising(Values values, List<Tier> tiers) {
        long before = 0;
        for (int i = 0; i < tiers.size(); i++) {
            @Nullable Long upTo = tiers.get(i).upTo();
            boolean last = i == tiers.size() - 1;
            if (last != (upTo == null) || upTo != null && upTo <= before) {
                values.problem(
                        "tiers." + i,
                        Spot.OUT_OF_RANGE,
                        "Tier " + (i + 1) + " has up_to " + upTo + " after " + before,
                        "Let up_to rise from tier to tier, and leave it out of the last one alone");
            }
            before = upTo == null ? before : upTo;
        }
    }

    private static Block<Packaged> packaged() {
        Field<Packaged, String> type = type("package", "Whole packages; one that is begun is paid whole");
        Field<Packaged, BigDecimal> price =
                Field.required("price", NumberTypes.amount(), "Of one package", Packaged::price);
        Field<Packaged, Long> size =
                Field.required("size", NumberTypes.count(1, MANY), "Units in a package", Packaged::size);
        return new Block<>(List.of(type, price, size), Set.of(), v -> new Packaged(v.get(price), v.get(size)));
    }

    private static Block<Percentage> percentage() {
        Field<Percentage, String> type = type("percentage", "A share of what the calls cost, on top of it");
        Field<Percentage, BigDecimal> percent =
                Field.required("percent", NumberTypes.amount(), "Of what was spent", Percentage::percent);
        Field<Percentage, BigDecimal> perCall =
                Field.of("per_call", NumberTypes.amount(), BigDecimal.ZERO, "And for each call", Percentage::perCall);
        Field<Percentage, BigDecimal> min =
                Field.nullable("min", NumberTypes.amount(), "No less in a period with calls", Percentage::min);
        Field<Percentage, BigDecimal> max =
                Field.nullable("max", NumberTypes.amount(), "No more in a period", Percentage::max);
        return new Block<>(
                List.of(type, percent, perCall, min, max),
                Set.of(),
                v -> new Percentage(v.get(percent), v.get(perCall), v.find(min), v.find(max)));
    }
}
