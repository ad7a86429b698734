package dev.sampan.billing.web;

import dev.sampan.billing.Billing;
import dev.sampan.kernel.Money;
import dev.sampan.metering.Meters.SuppliedSum;
import dev.sampan.shell.Panel;
import dev.sampan.shell.Viewer;
import dev.sampan.shell.Words;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// What supplied models earned and cost in the last thirty days, on the page of suppliers.
@Component
public final class MarginPanel implements Panel {
    private static final Duration DAYS = Duration.ofDays(30);

    private final Billing billing;

    MarginPanel(Billing billing) {
        this.billing = billing;
    }

    public record MarginView(List<SuppliedSum> sums) {
        public MarginView {
            sums = List.copyOf(sums);
        }

        /// The share of the revenue that is left; a word where a cost is not known or is in another currency.
        public String margin(Words words, SuppliedSum sum) {
            Money cost = sum.cost();
            if (cost == null || sum.costed() < sum.calls() || sum.revenue().nanos() == 0) {
                return words.text("shell.none");
            }
            if (!cost.currency().equals(sum.revenue().currency())) {
                return words.text("billing.margin.currency");
            }
            BigDecimal left = sum.revenue().minus(cost).amount();
            return words.percent(
                    left.divide(sum.revenue().amount(), 4, RoundingMode.HALF_UP).doubleValue());
        }
    }

    @Override
    public String slot() {
        return "suppliers";
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Optional<Screen> show(Viewer viewer, String subject) {
        Instant now = Instant.now();
        List<SuppliedSum> sums = billing.margins(now.minus(DAYS), now.plusSeconds(1));
        return sums.isEmpty() ? Optional.empty() : Optional.of(new Screen("billing/margin", new MarginView(sums)));
    }
}
