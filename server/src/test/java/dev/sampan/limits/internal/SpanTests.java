package dev.sampan.limits.internal;

import static dev.sampan.limits.internal.FakeLimits.each;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Money;
import dev.sampan.limits.Limiter.Admission;
import dev.sampan.limits.Limiter.NotYet;
import dev.sampan.limits.Limiter.Refused;
import dev.sampan.limits.UsedSoFar.Sum;
import dev.sampan.spec.LimitsSpec.Measure;
import dev.sampan.spec.LimitsSpec.Scope;
import dev.sampan.spec.LimitsSpec.Window;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTests {
    private static final Money NOTHING = Money.of("0", "CNY");

    private static FakeLimits known(Window window, Measure measure, long amount) {
        FakeLimits limits = new FakeLimits(each(Scope.CUSTOMER, measure, window, amount));
        assertThat(limits.ask(1)).isInstanceOf(NotYet.class); // looked up at once, by this thread
        return limits;
    }

    @Test
    void whatWasUsedBeforeIsLookedUpBeforeTheFirstCallRuns() {
        FakeLimits limits = new FakeLimits(each(Scope.CUSTOMER, Measure.TOKENS, Window.DAY, 100));
        limits.past = new Sum(70, 20);
        assertThat(limits.ask(10)).isInstanceOf(NotYet.class);
        assertThat(limits.flushed).isEqualTo(1);
        assertThat(limits.questions.getFirst().from()).isEqualTo(Instant.parse("2026-11-23T16:00:00Z"));
        assertThat(limits.ask(11)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.stop()).isTrue();
            assertThat(refused.sentence()).isEqualTo("The limit of this organisation, 100 tokens per day, is used up.");
        });
        assertThat(limits.ask(10)).isInstanceOf(Admission.class);
    }

    @Test
    void whileThePastCannotBeKnownNothingIsAdmitted() {
        FakeLimits limits = new FakeLimits(each(Scope.CUSTOMER, Measure.TOKENS, Window.DAY, 100));
        limits.fault = new IllegalStateException("away");
        assertThat(limits.ask(10))
                .isInstanceOfSatisfying(
                        NotYet.class,
                        notYet ->
                                assertThat(notYet.known().toCompletableFuture()).isCompletedExceptionally());
        limits.fault = null;
        assertThat(limits.ask(10)).isInstanceOf(NotYet.class);
        assertThat(limits.ask(10)).isInstanceOf(Admission.class);
    }

    /// BerriAI/litellm#36926: a counter doubled under load, since it was read back while it was still being added to.
    @Test
    void ownCallsAreNotReadBackFromTheDatabase() {
        FakeLimits limits = known(Window.DAY, Measure.TOKENS, 100);
        limits.admitted(40).settle(40, NOTHING);
        limits.past = new Sum(0, 40); // drained meanwhile, by this node since its counter began
        limits.limiter.refresh(Long.MAX_VALUE);
        assertThat(limits.limiter.standing(limits.key).getFirst().used()).isEqualTo(40);
        limits.past = new Sum(35, 40);
        limits.limiter.refresh(Long.MAX_VALUE);
        assertThat(limits.limiter.standing(limits.key).getFirst().used()).isEqualTo(75);
        limits.refused(26);
        limits.admitted(25);
    }

    @Test
    void whatRunningCallsHoldIsNoReasonToGiveUp() {
        FakeLimits limits = known(Window.MONTH, Measure.TOKENS, 100);
        Admission running = limits.admitted(90);
        Refused refused = limits.refused(20);
        assertThat(refused.stop()).isFalse();
        assertThat(refused.waitMillis()).isEqualTo(1000);
        running.settle(85, NOTHING);
        assertThat(limits.refused(20).stop()).isTrue();
    }

    @Test
    void spendIsHeldAtTheDearestOutcomeAndSettledAtTheCharge() {
        FakeLimits limits = known(Window.MONTH, Measure.SPEND, 1_000_000_000);
        Admission admission = limits.admitted(5);
        assertThat(admission.spend(Money.of("0.8", "CNY"))).isNull();
        Admission second = limits.admitted(5);
        assertThat(second.spend(Money.of("0.3", "CNY"))).isInstanceOf(Refused.class);
        second.refund();
        admission.settle(5, Money.of("0.7", "CNY"));
        assertThat(limits.admitted(5).spend(Money.of("5", "USD"))).isNull();
        assertThat(limits.admitted(5).spend(Money.of("0.3", "CNY"))).isNull();
        assertThat(limits.limiter.standing(limits.key).getFirst().used()).isEqualTo(1_000_000_000);
        assertThat(limits.refused(5).sentence())
                .isEqualTo("The limit of this organisation, 1 CNY per month, is used up by calls that are running. "
                        + "Wait for one to end.");
    }

    @Test
    void aCallThatWasNotChargedDoesNotCountInLongWindows() {
        FakeLimits limits = known(Window.WEEK, Measure.REQUESTS, 1);
        Admission admission = limits.admitted(5);
        admission.refund();
        admission.leave();
        limits.admitted(5).settle(5, NOTHING);
        assertThat(limits.refused(5).stop()).isTrue();
    }

    @Test
    void fiveHoursGoByInQuarters() {
        FakeLimits limits = known(Window.FIVE_HOURS, Measure.REQUESTS, 2);
        limits.admitted(5).settle(5, NOTHING); // 10:00
        limits.pass(3_600_000);
        limits.admitted(5).settle(5, NOTHING); // 11:00
        assertThat(limits.refused(5).levels().requests())
                .satisfies(level -> assertThat(level.resetMillis()).isEqualTo((4 * 60 + 15) * 60_000));
        limits.pass((4 * 60 + 15) * 60_000 - 1); // 15:14:59.999
        limits.refused(5);
        limits.pass(1);
        limits.admitted(5).settle(5, NOTHING);
        limits.refused(5);
    }

    /// BerriAI/litellm#34896: a window was reset later than its midnight by the offset of the zone.
    @ParameterizedTest
    @CsvSource({
        "Asia/Shanghai, DAY, 2026-11-24T10:00:00Z, 2026-11-24T16:00:00Z",
        "America/New_York, DAY, 2026-11-24T03:00:00Z, 2026-11-24T05:00:00Z",
        "America/New_York, DAY, 2026-11-01T12:00:00Z, 2026-11-02T05:00:00Z", // 25 hours
        "Asia/Kathmandu, DAY, 2026-11-24T10:00:00Z, 2026-11-24T18:15:00Z",
        "America/Sao_Paulo, DAY, 2018-11-04T12:00:00Z, 2018-11-05T02:00:00Z", // no midnight that day
        "Asia/Shanghai, WEEK, 2026-11-24T10:00:00Z, 2026-11-29T16:00:00Z",
        "Asia/Shanghai, MONTH, 2024-02-29T15:59:59Z, 2024-02-29T16:00:00Z",
        "UTC, MONTH, 2026-12-31T23:59:59Z, 2027-01-01T00:00:00Z"
    })
    void aWindowEndsAtTheCustomersOwnMidnight(String zone, Window window, Instant now, Instant end) {
        FakeLimits limits = new FakeLimits(each(Scope.CUSTOMER, Measure.REQUESTS, window, 1));
        limits.zone = ZoneId.of(zone);
        limits.millis = now.toEpochMilli();
        limits.ask(1);
        limits.admitted(1).settle(1, NOTHING);
        assertThat(limits.limiter.standing(limits.key).getFirst().resetsAt()).isEqualTo(end);
        limits.millis = end.toEpochMilli() - 1;
        assertThat(limits.refused(1).stop()).isTrue();
        limits.millis = end.toEpochMilli();
        limits.admitted(1);
    }

    @Test
    void aCustomerWhoMovesIsCountedAnewFromTheBooks() {
        FakeLimits limits = known(Window.DAY, Measure.TOKENS, 100);
        limits.admitted(40).settle(40, NOTHING);
        limits.zone = ZoneId.of("America/New_York");
        limits.limiter.refresh(Long.MAX_VALUE);
        limits.past = new Sum(0, 40);
        assertThat(limits.ask(1)).isInstanceOf(NotYet.class);
        assertThat(limits.limiter.standing(limits.key).getFirst().used()).isEqualTo(40);
    }

    @Test
    void aCustomerWhoIsQuietIsForgottenAndFoundAgain() {
        FakeLimits limits = known(Window.DAY, Measure.TOKENS, 100);
        Admission running = limits.admitted(40);
        limits.pass(10_000);
        limits.limiter.refresh(5_000);
        running.settle(40, NOTHING);
        running.leave();
        limits.past = new Sum(0, 40);
        limits.limiter.refresh(5_000);
        assertThat(limits.ask(61)).isInstanceOf(NotYet.class);
        assertThat(limits.refused(61).stop()).isTrue();
        limits.admitted(60);
    }
}
