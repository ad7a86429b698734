package dev.sampan.billing.web;

import dev.sampan.accounts.Organisation;
import dev.sampan.billing.Billing.UsageSum;
import dev.sampan.billing.web.UsagePages.Filter;
import dev.sampan.kernel.Money;
import dev.sampan.shell.Words;
import dev.sampan.shell.svg.Bars;
import dev.sampan.shell.svg.Chart;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The usage page.
///
/// @param path where it is; the same with `.csv` is its table
/// @param customers to choose from; none on a customer's own page
public record UsageView(String path, List<Organisation> customers, Filter filter, List<UsageSum> sums) {
    private static final int MONTH_FROM = 5;

    public UsageView {
        customers = List.copyOf(customers);
        sums = List.copyOf(sums);
    }

    public long calls() {
        return sums.stream().mapToLong(UsageSum::calls).sum();
    }

    public long units() {
        return sums.stream().mapToLong(UsageSum::units).sum();
    }

    /// One amount for each currency.
    public List<Money> amounts() {
        Map<String, Money> amounts = new TreeMap<>();
        sums.forEach(sum -> amounts.merge(sum.amount().currency().getCurrencyCode(), sum.amount(), Money::plus));
        return List.copyOf(amounts.values());
    }

    /// Decimals of the finest amount.
    public int decimals() {
        return sums.stream()
                .mapToInt(sum -> sum.amount().amount().stripTrailingZeros().scale())
                .max()
                .orElse(2);
    }

    /// Enough that the ticks of the axis differ: two more digits than the largest amount begins with.
    private int axisDecimals() {
        BigDecimal largest = sums.stream()
                .map(sum -> sum.amount().amount().abs())
                .max(BigDecimal::compareTo)
                .orElse(BigDecimal.ONE);
        int digits = largest.precision() - largest.scale();
        return digits > 0 ? 0 : Math.min(Money.SCALE, 2 - digits);
    }

    /// Of amounts; days stand as columns, names lie as bars.
    public Chart chart(Words words) {
        boolean byDay = filter.by().equals("day");
        List<Bars.Bar> bars = sums.stream()
                .map(sum -> new Bars.Bar(
                        byDay
                                ? sum.group()
                                        .substring(
                                                Math.min(MONTH_FROM, sum.group().length()))
                                : sum.group(),
                        sum.amount().nanos(),
                        words.money(sum.amount())))
                .toList();
        String title = words.text("billing.amount");
        if (!byDay) {
            return Bars.lying(title, bars);
        }
        int decimals = axisDecimals();
        Currency currency = sums.getFirst().amount().currency();
        return Bars.columns(title, title, bars, nanos -> {
            BigDecimal amount = BigDecimal.valueOf(Math.round(nanos), Money.SCALE);
            return words.money(
                    amount.setScale(Math.max(currency.getDefaultFractionDigits(), decimals), RoundingMode.HALF_UP),
                    currency);
        });
    }
}
