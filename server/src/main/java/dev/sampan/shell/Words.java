package dev.sampan.shell;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.Problem;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One language's words and ways to write figures; every template gets it as `words`.
public final class Words {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z");
    private static final long KIBI = 1024;

    private final Bundle bundle;
    private final Locale locale;
    private final ZoneId zone;

    public Words(Bundle bundle, Locale locale, ZoneId zone) {
        this.bundle = bundle;
        this.locale = locale;
        this.zone = zone;
    }

    /// The texts of one language by key.
    @FunctionalInterface
    public interface Bundle {
        @Nullable
        String get(String key);
    }

    public Locale locale() {
        return locale;
    }

    /// `zh` or `en`.
    public String language() {
        return locale.getLanguage();
    }

    /// The text with `{0}`, `{1}` … replaced by the values.
    ///
    /// @throws IllegalArgumentException when no bundle has the key: a mistake in the template
    public String text(String key, Object... values) {
        String text = bundle.get(key);
        if (text == null) {
            throw new IllegalArgumentException("no text for '" + key + "' in " + locale.getLanguage());
        }
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(values[i]));
        }
        return text;
    }

    /// The text of the key, or `otherwise` where no bundle has it: for names that come with the data.
    public String textOr(String key, String otherwise) {
        String text = bundle.get(key);
        return text == null ? otherwise : text;
    }

    /// The word for a constant: key `prefix.constant_in_lower_case`.
    public String name(String prefix, Enum<?> constant) {
        return text(prefix + "." + constant.name().toLowerCase(Locale.ROOT));
    }

    /// A heading for a problem where the bundles have one for its code, else the problem's own sentence.
    public String headline(Problem problem) {
        String known = bundle.get("problem." + problem.code());
        return known == null ? problem.sentence() : known;
    }

    /// With the thousands apart: `12,345`.
    public String number(long value) {
        return NumberFormat.getIntegerInstance(locale).format(value);
    }

    public String decimal(double value, int digits) {
        return Double.isFinite(value) ? String.format(locale, "%,." + digits + "f", value) : "–";
    }

    /// A share in percent with one decimal: 0.925 → `92.5 %`.
    public String percent(double share) {
        return decimal(share * 100, 1) + " %";
    }

    /// With its sign, and as many digits as it has: prices of a call are small.
    public String money(Money money) {
        return money(money, money.currency().getDefaultFractionDigits());
    }

    /// With at least so many decimals, so that amounts in a column stand in line.
    public String money(Money money, int decimals) {
        BigDecimal exact = money.amount().stripTrailingZeros();
        return money(exact.setScale(Math.max(exact.scale(), decimals)), money.currency());
    }

    public String money(BigDecimal amount, Currency currency) {
        String number = String.format(locale, "%,." + Math.max(0, amount.scale()) + "f", amount.abs());
        return (amount.signum() < 0 ? "−" : "") + currency.getSymbol(Locale.CHINA) + number;
    }

    public String money(BigDecimal amount, String currencyCode) {
        return money(amount, Currency.getInstance(currencyCode));
    }

    /// In binary units: `12.4 MiB`.
    public String bytes(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        int unit = 0;
        double value = bytes;
        while (value >= KIBI && unit < units.length - 1) {
            value /= KIBI;
            unit++;
        }
        return decimal(value, unit == 0 || value >= 100 ? 0 : 1) + " " + units[unit];
    }

    public String day(Instant at) {
        return DAY.format(at.atZone(zone));
    }

    public String minute(Instant at) {
        return MINUTE.format(at.atZone(zone));
    }

    public String second(Instant at) {
        return SECOND.withLocale(locale).format(at.atZone(zone));
    }

    /// `2.4 s`, `3 min 05 s`, `1 h 12 min`.
    public String duration(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 60) {
            return decimal(time.toMillis() / 1000.0, 1) + " s";
        }
        return seconds < 3600
                ? "%d min %02d s".formatted(seconds / 60, seconds % 60)
                : "%d h %02d min".formatted(seconds / 3600, seconds / 60 % 60);
    }

    /// How long ago, in one unit.
    public String ago(Instant at, Instant now) {
        long seconds = Math.max(0, Duration.between(at, now).toSeconds());
        if (seconds < 60) {
            return text("shell.ago.now");
        }
        if (seconds < 3600) {
            return text("shell.ago.minutes", seconds / 60);
        }
        return seconds < 86_400 ? text("shell.ago.hours", seconds / 3600) : day(at);
    }
}
