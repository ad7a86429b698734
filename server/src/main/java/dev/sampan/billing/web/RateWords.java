package dev.sampan.billing.web;

import dev.sampan.gateway.Meter;
import dev.sampan.kernel.Money;
import dev.sampan.shell.Words;

/// A rate as people say it: tokens by the million.
public final class RateWords {
    private static final long MILLION = 1_000_000;

    private RateWords() {}

    public static String of(Words words, Meter meter, Money rate) {
        return meter == Meter.UNIT
                ? words.money(rate)
                : words.text("billing.per_million", words.money(rate.times(MILLION)));
    }
}
