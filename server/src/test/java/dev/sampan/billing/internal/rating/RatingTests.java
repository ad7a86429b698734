package dev.sampan.billing.internal.rating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.billing.internal.rating.Rating.Use;
import dev.sampan.spec.ChargeSpec;
import dev.sampan.spec.ChargeSpec.Flat;
import dev.sampan.spec.ChargeSpec.Graduated;
import dev.sampan.spec.ChargeSpec.Packaged;
import dev.sampan.spec.ChargeSpec.Percentage;
import dev.sampan.spec.ChargeSpec.Tier;
import dev.sampan.spec.ChargeSpec.Unit;
import dev.sampan.spec.ChargeSpec.Volume;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Cases worked out by hand or by others: those marked "Lago" are the examples of its documentation (guide, charge
/// models: graduated, volume, package; read in November 2026), "Zuplo" those of its page on pricing models.
class RatingTests {
    private static final Map<String, ChargeSpec> CHARGES = Map.of(
            "flat", new Flat(decimal("9.90")),
            "unit", new Unit(decimal("4"), 1_000_000),
            "lago-graduated",
                    new Graduated(List.of(tier(100L, "1", "0"), tier(200L, "0.5", "0"), tier(null, "0.1", "0")), 1),
            "zuplo-graduated",
                    new Graduated(
                            List.of(tier(1000L, "0.10", "0"), tier(10_000L, "0.05", "0"), tier(null, "0.01", "0")), 1),
            "lago-volume",
                    new Volume(
                            List.of(
                                    tier(10_000L, "0.0010", "10"),
                                    tier(50_000L, "0.0008", "10"),
                                    tier(100_000L, "0.0006", "10"),
                                    tier(null, "0.0004", "10")),
                            1),
            "entered", new Graduated(List.of(tier(10L, "0", "5"), tier(null, "1", "7")), 1),
            "package", new Packaged(decimal("5"), 100));

    private static ChargeSpec charge(String name) {
        return Objects.requireNonNull(CHARGES.get(name), name);
    }

    private static Tier tier(@Nullable Long upTo, String price, String flat) {
        return new Tier(upTo, decimal(price), decimal(flat));
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            flat            | 0       | 0
            flat            | 1       | 9.90
            flat            | 5000    | 9.90
            unit            | 1       | 0.000004
            unit            | 2500000 | 10
            # Lago: 1 for each of the first 100, 0.50 for the next 100, 0.10 beyond
            lago-graduated  | 100     | 100
            lago-graduated  | 101     | 100.5
            lago-graduated  | 200     | 150
            lago-graduated  | 201     | 150.1
            # Zuplo: (1,000 × 0.10) + (9,000 × 0.05) + (5,000 × 0.01)
            zuplo-graduated | 15000   | 600
            # Lago: 65,000 × 0.0006 + 10
            lago-volume     | 65000   | 49
            lago-volume     | 10000   | 20
            lago-volume     | 10001   | 18.0008
            lago-volume     | 0       | 0
            # a tier's flat part is due when one unit lies in it
            entered         | 0       | 0
            entered         | 1       | 5
            entered         | 10      | 5
            entered         | 11      | 13
            # Lago: 5 for 100 units, and a package that is begun is whole
            package         | 0       | 0
            package         | 1       | 5
            package         | 100     | 5
            package         | 201     | 15
            """)
    void worksOutKnownCases(String charge, long quantity, BigDecimal amount) {
        assertThat(Rating.of(charge(charge), Use.of(quantity))).isEqualByComparingTo(amount);
    }

    /// Lago: 100 units free of 201 leaves two packages.
    @ParameterizedTest
    @CsvSource({"100,201,10", "0,201,15", "201,201,0", "500,201,0"})
    void whatIsIncludedIsNotRated(long included, long quantity, BigDecimal amount) {
        assertThat(Rating.of(charge("package"), Use.of(quantity).beyond(included)))
                .isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            # spent, calls, min, max, amount: 5 % and 0.01 for each call
            0,      0,  2, -, 0
            100,   10,  -, -, 5.10
            10,     1,  2, -, 2
            1000, 100,  -, 20, 20
            40,     0,  2, 2, 2
            """)
    void aShareOfWhatWasSpentStaysWithinItsBounds(
            BigDecimal spent, long calls, @Nullable BigDecimal min, @Nullable BigDecimal max, BigDecimal amount) {
        Percentage share = new Percentage(decimal("5"), decimal("0.01"), min, max);
        assertThat(Rating.of(share, new Use(calls, calls, spent))).isEqualByComparingTo(amount);
    }

    @Property(tries = 300)
    void moreUseNeverCostsLessWhereTiersAreGraduated(
            @ForAll @LongRange(min = 0, max = 100_000) long quantity,
            @ForAll @LongRange(min = 0, max = 100_000) long more) {
        for (String charge : List.of("unit", "lago-graduated", "zuplo-graduated", "entered", "package")) {
            assertThat(Rating.of(charge(charge), Use.of(quantity + more)))
                    .as(charge)
                    .isGreaterThanOrEqualTo(Rating.of(charge(charge), Use.of(quantity)));
        }
    }

    @Property(tries = 300)
    void oneTierWithoutEndIsAPriceForEachUnit(@ForAll @LongRange(min = 0, max = 1_000_000_000) long quantity) {
        BigDecimal each = Rating.of(new Unit(decimal("3.5"), 1000), Use.of(quantity));
        List<Tier> one = List.of(tier(null, "3.5", "0"));
        assertThat(Rating.of(new Graduated(one, 1000), Use.of(quantity))).isEqualByComparingTo(each);
        assertThat(Rating.of(new Volume(one, 1000), Use.of(quantity))).isEqualByComparingTo(each);
    }

    @ParameterizedTest
    @CsvSource({"0.005,CNY,0.01", "0.0049999,CNY,0.00", "-0.005,CNY,-0.01", "10.5,JPY,11", "1.0005,KWD,1.001"})
    void isRoundedHalfUpToTheCurrencysDigits(BigDecimal exact, String currency, BigDecimal amount) {
        assertThat(Rating.rounded(exact, Currency.getInstance(currency))).isEqualTo(amount);
    }

    @ParameterizedTest
    @CsvSource({"500,320.5,179.5", "500,500,0", "500,640,0"})
    void aCommitmentIsFilledUp(BigDecimal commitment, BigDecimal rated, BigDecimal missing) {
        assertThat(Rating.missing(commitment, rated)).isEqualByComparingTo(missing);
    }
}
