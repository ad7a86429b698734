package dev.sampan.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignInThrottleTests {
    private final HandClock clock = new HandClock(Instant.parse("2026-11-24T08:00:00Z"));
    private final SignInThrottle throttle = new SignInThrottle(clock);

    private Duration fail(int times) {
        Duration wait = Duration.ZERO;
        for (int i = 0; i < times; i++) {
            wait = throttle.admit("admin", "6.6.6.6");
        }
        return wait;
    }

    @Test
    void eachFurtherFailureDoublesTheWaitUpToAQuarterOfAnHour() {
        assertThat(fail(SignInThrottle.FREE + 1)).isZero();
        Duration expected = SignInThrottle.FIRST_WAIT;
        for (int i = 0; i < 12; i++) {
            Duration wait = throttle.admit("admin", "6.6.6.6");
            assertThat(wait).isEqualTo(expected);
            clock.advance(wait);
            assertThat(throttle.admit("Admin", "6.6.6.6")).isZero();
            Duration twice = expected.multipliedBy(2);
            expected = twice.compareTo(SignInThrottle.LONGEST_WAIT) > 0 ? SignInThrottle.LONGEST_WAIT : twice;
        }
    }

    @Test
    void fewOfAThousandGuessesFromEverywhereAreLookedAt() {
        int looked = 0;
        for (int i = 0; i < 1_000; i++) {
            looked += throttle.admit("admin", "10.0.0." + i).isZero() ? 1 : 0;
        }
        assertThat(looked).isEqualTo(SignInThrottle.FROM_ANYWHERE);
        clock.advance(SignInThrottle.LONGEST_WAIT);
        assertThat(throttle.admit("admin", "1.2.3.4")).isZero();
    }

    @Test
    void aRightPasswordForgivesTheTypingErrorsBeforeIt() {
        fail(SignInThrottle.FREE);
        throttle.forgive("admin", "6.6.6.6");
        assertThat(fail(SignInThrottle.FREE + 1)).isZero();
        assertThat(fail(1)).isPositive();
    }

    @Test
    void whatFailedIsForgottenInTime() {
        assertThat(fail(SignInThrottle.FREE + 2)).isPositive();
        clock.advance(Duration.ofHours(1).plusMillis(1));
        assertThat(fail(SignInThrottle.FREE + 1)).isZero();
    }

    @Test
    void otherNamesFromThereGoOn() {
        assertThat(fail(SignInThrottle.FREE + 2)).isPositive();
        assertThat(throttle.admit("helen", "6.6.6.6")).isZero();
    }
}
