package dev.sampan.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sampan.kernel.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordsTests {
    private final Words words = new Words(
            Map.of("a.b", "{0} of {1}", "shell.ago.minutes", "{0} min ago")::get, Locale.ENGLISH, ZoneOffset.UTC);

    @Test
    void putsValuesInTheirPlaces() {
        assertThat(words.text("a.b", 3, "8")).isEqualTo("3 of 8");
    }

    @Test
    void aKeyThatNoBundleHasIsAMistakeOfTheTemplate() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> words.text("a.missing"))
                .withMessageContaining("a.missing");
    }

    @Test
    void writesMoneyWithAllItsDigitsAndAtLeastTheCurrencys() {
        assertThat(words.money(Money.of("0.002", "CNY"))).isEqualTo("¥0.002");
        assertThat(words.money(Money.of("1234.5", "CNY"))).isEqualTo("¥1,234.50");
        assertThat(words.money(Money.of("-3", "CNY"))).isEqualTo("−¥3.00");
        assertThat(words.money(Money.of("0.93", "CNY"), 3)).isEqualTo("¥0.930");
    }

    @Test
    void writesSizesTimesAndShares() {
        assertThat(words.bytes(900)).isEqualTo("900 B");
        assertThat(words.bytes(4_213_004)).isEqualTo("4.0 MiB");
        assertThat(words.duration(Duration.ofMillis(2_460))).isEqualTo("2.5 s");
        assertThat(words.duration(Duration.ofSeconds(185))).isEqualTo("3 min 05 s");
        assertThat(words.duration(Duration.ofMinutes(72))).isEqualTo("1 h 12 min");
        assertThat(words.percent(0.925)).isEqualTo("92.5 %");
        assertThat(words.decimal(Double.NaN, 2)).isEqualTo("–");
    }

    @Test
    void saysHowLongAgoInOneUnit() {
        Instant now = Instant.parse("2026-11-24T08:00:00Z");
        assertThat(words.ago(now.minusSeconds(240), now)).isEqualTo("4 min ago");
        assertThat(words.ago(now.minus(Duration.ofDays(3)), now)).isEqualTo("2026-11-21");
    }
}
