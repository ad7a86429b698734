package dev.sampan.billing.web;

import dev.sampan.gateway.Meter;
import dev.sampan.kernel.Money;
import dev.sampan.shell.Words;

/// A rate as people say it: tokens by the million.
public final class RateWords {
    private RateWords() {}

    public static String of(Words words, Meter meter, Money rate) {
        String priced = words.money(rate.times(meter.priced()));
        return !meter.tokens() ? priced : words.text("billing.per_million", priced);
    }
}
