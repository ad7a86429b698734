package dev.sampan.spec;

import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `limits.yaml`: who may call how much. Several limits may apply to a call; all of them must admit it.
public record LimitsSpec(List<Limit> limits) {
    public static final LimitsSpec NONE = new LimitsSpec(List.of());

    public LimitsSpec {
        limits = List.copyOf(limits);
    }

    /// One limit.
    ///
    /// @param of name of whom it is for: a customer, `customer/project`, a member's sign-in name, a key's id;
    ///     null:
    ///     each of the scope for itself, except where another limit names it
    /// @param model public name; null: all models together
    /// @param amount a count, or billionths of the currency
    /// @param currency of spend; else null
    public record Limit(
            Scope scope,
            @Nullable String of,
            @Nullable String model,
            Measure measure,
            Window window,
            long amount,
            @Nullable Currency currency) {}

    /// Whose calls are counted together.
    public enum Scope {
        /// All calls of this installation.
        INSTALLATION,
        CUSTOMER,
        PROJECT,
        /// The member who made the key.
        MEMBER,
        KEY
    }

    /// What is counted.
    public enum Measure {
        REQUESTS,
        /// Of prompts and answers.
        TOKENS,
        /// What calls are charged.
        SPEND,
        /// Calls at once.
        CONCURRENT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Over which time.
    public enum Window {
        /// No time: as it is at this moment.
        NOW("now"),
        /// Refills continuously, a sixtieth each second.
        MINUTE("minute"),
        /// The last five hours, counted in quarters of an hour.
        FIVE_HOURS("5h"),
        /// From midnight to midnight where the customer is.
        DAY("day"),
        /// From Monday to Monday.
        WEEK("week"),
        MONTH("month");

        private final String word;

        Window(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        /// @throws IllegalArgumentException for another word
        public static Window of(String word) {
            for (Window window : values()) {
                if (window.word.equals(word)) {
                    return window;
                }
            }
            throw new IllegalArgumentException("no window '" + word + "'");
        }
    }
}
