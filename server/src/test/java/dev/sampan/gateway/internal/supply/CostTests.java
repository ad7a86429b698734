package dev.sampan.gateway.internal.supply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Quantities;
import dev.sampan.kernel.Money;
import dev.sampan.spec.SuppliersSpec.Price;
import dev.sampan.spec.SuppliersSpec.Rate;
import dev.sampan.spec.SuppliersSpec.Tier;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostTests {
    private static final Currency CNY = Currency.getInstance("CNY");

    private static Price price(Map<Rate, String> rates, Tier... tiers) {
        return new Price(CNY, amounts(rates), List.of(tiers));
    }

    private static Map<Rate, BigDecimal> amounts(Map<Rate, String> rates) {
        return rates.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, rate -> new BigDecimal(rate.getValue())));
    }

    @Test
    void everythingThatIsCountedCostsItsOwnRateOrWhatStandsForIt() {
        Price price = price(Map.of(Rate.INPUT, "2", Rate.CACHED_INPUT, "0.5", Rate.OUTPUT, "8", Rate.IMAGE, "0.2"));
        Quantities counted = Quantities.tokens(100, 200, 10)
                .with(Meter.CACHE_WRITE, 50)
                .with(Meter.REASONING, 30)
                .with(Meter.IMAGE, 2);
        assertThat(Cost.of(price, counted)).isEqualTo(Money.of("0.40072", "CNY"));
        assertThat(Cost.of(null, counted)).as("unknown stays unknown").isNull();
    }

    @Test
    void aLongPromptCostsItsTierAndACallItsOwnFee() {
        Price price = price(
                Map.of(Rate.INPUT, "2", Rate.OUTPUT, "8", Rate.REQUEST, "0.01"),
                new Tier(1000, amounts(Map.of(Rate.INPUT, "4"))));
        assertThat(Cost.of(price, Quantities.tokens(999, 0, 0))).isEqualTo(Money.of("0.011998", "CNY"));
        assertThat(Cost.of(price, Quantities.tokens(400, 600, 1))).isEqualTo(Money.of("0.014008", "CNY"));
        assertThat(Cost.of(price, Quantities.NONE)).isEqualTo(Money.zero(CNY));
    }
}
