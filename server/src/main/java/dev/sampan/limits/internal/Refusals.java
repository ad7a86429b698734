package dev.sampan.limits.internal;

import dev.sampan.kernel.Money;
import dev.sampan.limits.Levels;
import dev.sampan.limits.Limiter.Refused;
import dev.sampan.limits.Rule;
import dev.sampan.limits.internal.Desk.Counted;
import dev.sampan.spec.LimitsSpec.Limit;
import dev.sampan.spec.LimitsSpec.Measure;
import dev.sampan.spec.LimitsSpec.Scope;
import dev.sampan.spec.LimitsSpec.Window;
import java.util.Locale;
import java.util.Objects;

/// Why a call must not run, in a sentence for whoever calls.
final class Refusals {
    private Refusals() {}

    /// @param wait as [Counter#wait] says
    /// @param asked how many the call may need
    static Refused of(Counted counted, long wait, long asked, Levels levels) {
        Rule rule = counted.rule();
        boolean stop = wait == Counter.NEVER;
        return new Refused(rule, stop, stop ? 0 : wait, sentence(rule.limit(), stop, asked), levels);
    }

    private static String sentence(Limit limit, boolean stop, long asked) {
        String of = " of this "
                + (limit.scope() == Scope.CUSTOMER
                        ? "organisation"
                        : limit.scope().name().toLowerCase(Locale.ROOT))
                + (limit.model() == null ? "" : " for '" + limit.model() + "'");
        if (limit.measure() == Measure.CONCURRENT) {
            return "More than " + limit.amount() + " calls" + of + " are running. Wait for one to end.";
        }
        String much = amount(limit, limit.amount()) + " " + per(limit.window());
        if (limit.window() != Window.MINUTE) {
            return "The limit" + of + ", " + much + ", is used up"
                    + (stop ? "." : " by calls that are running. Wait for one to end.");
        }
        return "Rate limit reached: the limit" + of + " is " + much
                + (stop
                        ? ", and this call may need " + amount(limit, asked)
                                + ". Ask for a shorter answer or send less."
                        : ". Try again in a moment.");
    }

    private static String amount(Limit limit, long amount) {
        return limit.measure() == Measure.SPEND
                ? new Money(amount, Objects.requireNonNull(limit.currency(), "spend has one")).toString()
                : amount + " " + limit.measure().word();
    }

    private static String per(Window window) {
        return window == Window.FIVE_HOURS ? "in 5 hours" : "per " + window.word();
    }
}
