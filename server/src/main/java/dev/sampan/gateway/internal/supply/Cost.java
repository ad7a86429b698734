package dev.sampan.gateway.internal.supply;

import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Quantities;
import dev.sampan.kernel.Money;
import dev.sampan.spec.SuppliersSpec.Price;
import dev.sampan.spec.SuppliersSpec.Rate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// What a call costs us, rounded once to a billionth.
final class Cost {
    private Cost() {}

    /// @param counted as the supplier counts, which may be more than the caller pays for
    static @Nullable Money of(@Nullable Price price, Quantities counted) {
        if (price == null) {
            return null;
        }
        long prompt = counted.prompt();
        BigDecimal sum = BigDecimal.ZERO;
        for (Rate rate : Rate.values()) {
            long count = rate == Rate.REQUEST ? requests(counted) : counted.of(Meter.of(rate.code()));
            sum = sum.add(price.of(rate, prompt)
                    .multiply(BigDecimal.valueOf(count))
                    .divide(BigDecimal.valueOf(rate.priced())));
        }
        return Money.of(sum.setScale(Money.SCALE, RoundingMode.HALF_UP), price.currency());
    }

    /// A call that was answered is one, whether anybody counted it or not.
    private static long requests(Quantities counted) {
        return counted.total() == 0 ? 0 : Math.max(1, counted.of(Meter.REQUEST));
    }
}
