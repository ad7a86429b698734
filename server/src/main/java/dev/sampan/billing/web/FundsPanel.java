package dev.sampan.billing.web;

import dev.sampan.billing.Fund;
import dev.sampan.billing.Funds;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.shell.Panel;
import dev.sampan.shell.Viewer;
import dev.sampan.shell.Words;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// What a customer has beside the wallet, on the customer's page.
@Component
public final class FundsPanel implements Panel {
    private final Funds funds;

    FundsPanel(Funds funds) {
        this.funds = funds;
    }

    public record FundsView(List<Funds.State> states) {
        public FundsView {
            states = List.copyOf(states);
        }

        /// `¥5.00`, or `1,000 tokens`.
        public String amount(Words words, Fund fund, long count) {
            String unit = fund.unit().code();
            return fund.unit().money()
                    ? words.money(new Money(count, Currency.getInstance(unit)))
                    : words.text("billing.fund.count." + unit, words.number(count));
        }

        public String models(Words words, Fund fund) {
            return fund.models().isEmpty()
                    ? words.text("billing.fund.models.all")
                    : String.join(", ", fund.models().stream().sorted().toList());
        }
    }

    @Override
    public String slot() {
        return "customer";
    }

    @Override
    public int order() {
        return 12;
    }

    @Override
    public Optional<Screen> show(Viewer viewer, String subject) {
        List<Funds.State> states = funds.of(TenantId.parse(subject));
        return states.isEmpty() ? Optional.empty() : Optional.of(new Screen("billing/funds", new FundsView(states)));
    }
}
