package dev.sampan.spec.internal;

import dev.sampan.spec.SuppliersSpec.Price;
import dev.sampan.spec.SuppliersSpec.Rate;
import dev.sampan.spec.SuppliersSpec.Tier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The keys `price` and `cost` of `suppliers.yaml`: an amount for each thing that is counted.
final class PriceTable {
    private static final int TIERS_MAX = 16;
    private static final int TOKENS_MAX = 10_000_000;

    /// Of an amount for a million tokens, so that one token costs whole billionths.
    private static final int TOKEN_DECIMALS_MAX = 3;

    private PriceTable() {}

    static Block<Price> price() {
        Field<Price, Currency> currency =
                Field.of("currency", new CurrencyType(), Currency.getInstance("CNY"), "ISO 4217 code", Price::currency);
        List<Field<Price, BigDecimal>> rates = rates(Price::rates);
        Field<Price, List<Tier>> tiers = Field.of(
                "tiers",
                new ListType<>(tier(), "tiers", 0, TIERS_MAX),
                List.of(),
                "Other rates for longer prompts, by ascending from_prompt; the tier of a call's own prompt holds for"
                        + " the whole call, and a rate it does not state is that of the tier below",
                Price::tiers);
        List<Field<Price, ?>> fields = new ArrayList<>();
        fields.add(currency);
        fields.addAll(rates);
        fields.add(tiers);
        return new Block<>(
                fields, Set.of(), v -> checked(v, new Price(v.get(currency), stated(v, rates), v.get(tiers))));
    }

    private static Block<Tier> tier() {
        Field<Tier, Integer> from = Field.required(
                "from_prompt",
                NumberTypes.whole(1, TOKENS_MAX),
                "Tokens of the prompt from which on these rates hold",
                Tier::fromPrompt);
        List<Field<Tier, BigDecimal>> rates = rates(Tier::rates);
        List<Field<Tier, ?>> fields = new ArrayList<>();
        fields.add(from);
        fields.addAll(rates);
        return new Block<>(fields, Set.of(), v -> {
            Tier tier = new Tier(v.get(from), stated(v, rates));
            return requireSome(v, tier.rates()) ? tier : null;
        });
    }

    private static <R> List<Field<R, BigDecimal>> rates(Function<R, Map<Rate, BigDecimal>> of) {
        List<Field<R, BigDecimal>> fields = new ArrayList<>();
        for (Rate rate : Rate.values()) {
            fields.add(Field.nullable(
                    rate.code(),
                    NumberTypes.amount(),
                    about(rate),
                    owner -> of.apply(owner).get(rate)));
        }
        return fields;
    }

    private static String about(Rate rate) {
        return switch (rate) {
            case INPUT -> "For a million tokens of prompt";
            case CACHED_INPUT -> "The same where the supplier had them in its cache; default: as input";
            case CACHE_WRITE -> "The same where the supplier puts them into its cache; default: as input";
            case OUTPUT -> "For a million tokens of answer; default: nothing";
            case REASONING -> "The same where the model was thinking; default: as output";
            case REQUEST -> "For each answered call, beside everything else; default: nothing";
            case IMAGE -> "For each picture made; default: nothing";
            case SECOND -> "For each second of sound; default: nothing";
        };
    }

    private static <R> Map<Rate, BigDecimal> stated(Values values, List<Field<R, BigDecimal>> fields) {
        Map<Rate, BigDecimal> stated = new EnumMap<>(Rate.class);
        for (Rate rate : Rate.values()) {
            BigDecimal amount = values.find(fields.get(rate.ordinal()));
            if (amount != null) {
                stated.put(rate, amount);
            }
        }
        return stated;
    }

    private static @Nullable Price checked(Values values, Price price) {
        int last = 0;
        for (int i = 0; i < price.tiers().size(); i++) {
            int from = price.tiers().get(i).fromPrompt();
            if (from <= last) {
                values.problem(
                        "tiers." + i + ".from_prompt",
                        Spot.OUT_OF_RANGE,
                        "The tier from " + from + " tokens stands after the one from " + last,
                        "Write tiers by ascending from_prompt, each once");
                return null;
            }
            last = from;
        }
        return requireSome(values, price.rates()) ? price : null;
    }

    private static boolean requireSome(Values values, Map<Rate, BigDecimal> rates) {
        if (rates.isEmpty()) {
            values.problem(
                    "",
                    "spec.missing_key",
                    "A price states no amount",
                    "Add 'input: …' for a million tokens of prompt, or one of "
                            + List.of(Rate.values()).stream()
                                    .skip(1)
                                    .map(Rate::code)
                                    .collect(Collectors.joining(", ")));
        }
        return !rates.isEmpty();
    }

    /// What customers pay must be whole billionths for each token, so that charges are exact.
    static void wholeNanos(Values values, Price price, String path, String model) {
        wholeNanos(values, price.rates(), path, model);
        for (int i = 0; i < price.tiers().size(); i++) {
            wholeNanos(values, price.tiers().get(i).rates(), path + ".tiers." + i, model);
        }
    }

    private static void wholeNanos(Values values, Map<Rate, BigDecimal> rates, String path, String model) {
        rates.forEach((rate, amount) -> {
            if (rate.tokens() && amount.stripTrailingZeros().scale() > TOKEN_DECIMALS_MAX) {
                values.problem(
                        path + "." + rate.code(),
                        Spot.OUT_OF_RANGE,
                        "The price of '" + model + "' has more than three decimals: " + amount.toPlainString(),
                        "Prices for a million tokens have at most three, so that each token's is exact");
            }
        });
    }

    /// A tier that no prompt reaches is a mistake.
    static void reachable(Values values, Price price, String path, int contextLength) {
        for (int i = 0; i < price.tiers().size(); i++) {
            int from = price.tiers().get(i).fromPrompt();
            if (from > contextLength) {
                values.problem(
                        path + ".tiers." + i + ".from_prompt",
                        Spot.OUT_OF_RANGE,
                        "No prompt reaches the tier from " + from + " tokens: context_length is " + contextLength,
                        "Lower from_prompt, or raise context_length");
            }
        }
    }
}
