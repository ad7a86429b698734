package dev.sampan.spec.internal;

import dev.sampan.spec.LimitsSpec;
import dev.sampan.spec.LimitsSpec.Limit;
import dev.sampan.spec.LimitsSpec.Measure;
import dev.sampan.spec.LimitsSpec.Scope;
import dev.sampan.spec.LimitsSpec.Window;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys of `limits.yaml`.
final class LimitsTable {
    private static final int MANY = 10_000;
    private static final long COUNT_MAX = 1_000_000_000_000L;

    /// Of what refills by the minute: more cannot be told apart in nanoseconds.
    private static final long PER_MINUTE_MAX = 100_000_000;

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);
    private static final Currency USUAL = Currency.getInstance("CNY");
    private static final List<String> WINDOWS = List.of("minute", "5h", "day", "week", "month");

    private LimitsTable() {}

    static Block<LimitsSpec> root() {
        Field<LimitsSpec, Integer> version =
                Field.of("version", NumberTypes.whole(1, 1), 1, "Version of this format", _ -> 1);
        Field<LimitsSpec, List<Limit>> limits = Field.required(
                "limits",
                new ListType<>(limit(), "limits", 0, MANY),
                "Who may call how much; all that apply must admit a call",
                LimitsSpec::limits);
        return new Block<>(List.of(version, limits), Set.of("queue"), v -> checked(v, new LimitsSpec(v.get(limits))));
    }

    private static Block<Limit> limit() {
        Field<Limit, Scope> scope =
                Field.required("for", TextTypes.choice(Scope.class), "Whose calls are counted together", Limit::scope);
        Field<Limit, String> of = Field.nullable(
                "of",
                TextTypes.text(),
                "Its name: a customer, customer/project, a member, a key's id; null: each for itself",
                Limit::of);
        Field<Limit, String> model =
                Field.nullable("model", TextTypes.text(), "Public name; null: all models together", Limit::model);
        Field<Limit, Long> requests = Field.nullable(
                "requests", NumberTypes.count(0, COUNT_MAX), "How many calls", limit -> count(limit, Measure.REQUESTS));
        Field<Limit, Long> tokens = Field.nullable(
                "tokens",
                NumberTypes.count(0, COUNT_MAX),
                "How many tokens, of prompts and answers",
                limit -> count(limit, Measure.TOKENS));
        Field<Limit, BigDecimal> spend =
                Field.nullable("spend", NumberTypes.amount(), "What calls may cost", LimitsTable::money);
        Field<Limit, Long> concurrent = Field.nullable(
                "concurrent",
                NumberTypes.count(0, 1_000_000),
                "How many calls at once",
                limit -> count(limit, Measure.CONCURRENT));
        Field<Limit, String> per = Field.nullable(
                "per",
                TextTypes.word(WINDOWS),
                "Over which time; default: minute, of spend month",
                limit -> limit.window() == Window.NOW ? null : limit.window().word());
        Field<Limit, Currency> currency =
                Field.nullable("currency", new CurrencyType(), "Of spend; default: CNY", Limit::currency);
        return new Block<>(
                List.of(scope, of, model, requests, tokens, spend, concurrent, per, currency), Set.of("burst"), v -> {
                    Asked asked = new Asked(v.get(scope), v.find(of), v.find(model), v.find(per), v.find(currency));
                    List<Limit> made = new ArrayList<>();
                    add(made, asked, Measure.REQUESTS, v.find(requests));
                    add(made, asked, Measure.TOKENS, v.find(tokens));
                    BigDecimal money = v.find(spend);
                    add(made, asked, Measure.SPEND, money == null ? null : nanos(money));
                    add(made, asked, Measure.CONCURRENT, v.find(concurrent));
                    return one(v, asked, made);
                });
    }

    /// What stands in one entry besides the amount.
    private record Asked(
            Scope scope,
            @Nullable String of,
            @Nullable String model,
            @Nullable String per,
            @Nullable Currency currency) {}

    private static @Nullable Long count(Limit limit, Measure measure) {
        return limit.measure() == measure ? limit.amount() : null;
    }

    private static @Nullable BigDecimal money(Limit limit) {
        return limit.measure() == Measure.SPEND
                ? BigDecimal.valueOf(limit.amount(), 9).stripTrailingZeros()
                : null;
    }

    private static long nanos(BigDecimal money) {
        return money.multiply(NANOS).longValueExact();
    }

    private static void add(List<Limit> made, Asked asked, Measure measure, @Nullable Long amount) {
        if (amount != null) {
            made.add(new Limit(
                    asked.scope,
                    asked.of,
                    asked.model,
                    measure,
                    window(asked, measure),
                    amount,
                    measure == Measure.SPEND && asked.currency == null ? USUAL : asked.currency));
        }
    }

    private static Window window(Asked asked, Measure measure) {
        if (asked.per != null) {
            return Window.of(asked.per);
        }
        return switch (measure) {
            case REQUESTS, TOKENS -> Window.MINUTE;
            case SPEND -> Window.MONTH;
            case CONCURRENT -> Window.NOW;
        };
    }

    private static Limit one(Values v, Asked asked, List<Limit> made) {
        if (made.size() != 1) {
            v.problem(
                    "for",
                    Spot.OUT_OF_RANGE,
                    "A limit says one of requests, tokens, spend and concurrent; this says " + made.size(),
                    "Write one entry for each");
            return new Limit(asked.scope, asked.of, asked.model, Measure.REQUESTS, Window.MINUTE, 0, null);
        }
        Limit limit = made.getFirst();
        if (asked.scope == Scope.INSTALLATION && asked.of != null) {
            v.problem(
                    "of",
                    Spot.OUT_OF_RANGE,
                    "There is one installation, and 'of' names '" + asked.of + "'",
                    "Leave 'of' out");
        }
        if (asked.currency != null && limit.measure() != Measure.SPEND) {
            v.problem("currency", Spot.OUT_OF_RANGE, "Only spend has a currency", "Leave 'currency' out");
        }
        if (limit.measure() == Measure.CONCURRENT && asked.per != null) {
            v.problem(
                    "per",
                    Spot.OUT_OF_RANGE,
                    "Calls at once are counted at each moment, not per " + asked.per,
                    "Leave 'per' out");
        }
        if (limit.window() == Window.MINUTE && limit.measure() == Measure.SPEND) {
            v.problem("per", Spot.OUT_OF_RANGE, "Spend is not limited by the minute", "Use 5h, day, week or month");
        }
        if (limit.window() == Window.MINUTE && limit.amount() > PER_MINUTE_MAX) {
            v.problem(
                    limit.measure().word(),
                    Spot.OUT_OF_RANGE,
                    limit.amount() + " a minute is above " + PER_MINUTE_MAX,
                    "Leave the limit out");
        }
        return limit;
    }

    /// Two limits for the same would leave open which holds.
    private static LimitsSpec checked(Values values, LimitsSpec spec) {
        Set<Limit> seen = new HashSet<>();
        for (int i = 0; i < spec.limits().size(); i++) {
            Limit limit = spec.limits().get(i);
            Limit what = new Limit(
                    limit.scope(), limit.of(), limit.model(), limit.measure(), limit.window(), 0, limit.currency());
            if (!seen.add(what)) {
                values.problem(
                        "limits." + i,
                        "spec.duplicate_name",
                        "Two limits say how many " + limit.measure().word() + " a "
                                + limit.scope().name().toLowerCase(java.util.Locale.ROOT) + " may have",
                        "Keep one of them");
            }
        }
        return spec;
    }
}
