package dev.sampan.gateway.internal.supply;

import dev.sampan.gateway.internal.wire.TokenUsage;
import dev.sampan.kernel.Money;
import dev.sampan.spec.SuppliersSpec.Price;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// What a call costs us, rounded once to a billionth.
final class Cost {
    private Cost() {}

    static @Nullable Money of(@Nullable Price price, TokenUsage usage) {
        if (price == null) {
            return null;
        }
        BigDecimal sum = price.input()
                .multiply(BigDecimal.valueOf(usage.prompt() - usage.cached()))
                .add(price.cachedInput().multiply(BigDecimal.valueOf(usage.cached())))
                .add(price.output().multiply(BigDecimal.valueOf(usage.output())));
        return Money.of(sum.divide(Price.TOKENS, Money.SCALE, RoundingMode.HALF_UP), price.currency());
    }
}
