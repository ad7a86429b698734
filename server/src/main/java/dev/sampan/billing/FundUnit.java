package dev.sampan.billing;

import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Quantities;
import dev.sampan.kernel.Money;
import java.util.Currency;
import java.util.List;

/// What a fund is counted in: nanos of a currency, or things that calls use.
///
/// A counted fund pays for calls that use nothing else, whole: a thousand pictures pay for pictures, a million tokens
/// for calls of language models, prompt and answer alike. A fee for the call itself is included.
///
/// @param code a currency's, or one of [#COUNTED]: `token` is any token, `input` those of calls that have no answer to
///     pay (embeddings), `request` a call whatever it uses, or as many as it counts for
public record FundUnit(String code) {
    private static final String TOKEN = "token";

    /// Codes of what can be counted.
    public static final List<String> COUNTED = List.of(
            TOKEN,
            Meter.INPUT.code(),
            Meter.UNIT.code(),
            Meter.REQUEST.code(),
            Meter.IMAGE.code(),
            Meter.SECOND.code());

    public static final FundUnit TOKENS = new FundUnit(TOKEN);

    /// @throws IllegalArgumentException for a code that is neither
    public FundUnit {
        if (!COUNTED.contains(code)) {
            code = Currency.getInstance(code).getCurrencyCode();
        }
    }

    public static FundUnit of(Currency currency) {
        return new FundUnit(currency.getCurrencyCode());
    }

    public boolean money() {
        return !COUNTED.contains(code);
    }

    /// How much of it must be there for a call to begin.
    ///
    /// @param most what the call can use
    /// @param dearest what that can cost
    /// @return 0 where this unit does not pay for such calls
    public long held(Quantities most, Money dearest) {
        long counted = taken(most, dearest);
        long rest = most.total() - (code.equals(Meter.REQUEST.code()) ? most.total() : counted);
        return money() || rest == 0 || rest == most.of(Meter.REQUEST) ? counted : 0;
    }

    /// How much of it a call takes.
    ///
    /// @param used at most what it could use
    /// @param price of that
    public long taken(Quantities used, Money price) {
        return switch (code) {
            case TOKEN -> used.prompt() + used.answer();
            case "input" -> used.prompt();
            case "unit" -> used.of(Meter.UNIT);
            case "request" -> used.total() == 0 ? 0 : Math.max(1, used.of(Meter.REQUEST));
            case "image" -> used.of(Meter.IMAGE);
            case "second" -> used.of(Meter.SECOND);
            default -> price.currency().getCurrencyCode().equals(code) ? price.nanos() : 0;
        };
    }

    @Override
    public String toString() {
        return code;
    }
}
