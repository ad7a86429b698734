package dev.sampan.limits.internal;

import static dev.sampan.limits.internal.FakeLimits.each;
import static dev.sampan.limits.internal.FakeLimits.requests;
import static dev.sampan.limits.internal.FakeLimits.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.accounts.Principal;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.limits.Levels.Level;
import dev.sampan.limits.Limiter;
import dev.sampan.limits.Limiter.Admission;
import dev.sampan.limits.Limiter.Refused;
import dev.sampan.spec.LimitsSpec.Limit;
import dev.sampan.spec.LimitsSpec.Measure;
import dev.sampan.spec.LimitsSpec.Scope;
import dev.sampan.spec.LimitsSpec.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LimiterTests {
    @Test
    void whatIsNotLimitedTakesNothing() {
        assertThat(new FakeLimits().ask(1_000_000)).isSameAs(Admission.FREE);
    }

    @Test
    void aMinutesRequestsMayComeAtOnceAndComeBackOneByOne() {
        FakeLimits limits = new FakeLimits(requests(7));
        for (int i = 0; i < 7; i++) {
            limits.admitted(0);
        }
        Refused refused = limits.refused(0);
        assertThat(refused.stop()).isFalse();
        assertThat(refused.waitMillis()).isEqualTo(8572); // a seventh of a minute, rounded up
        assertThat(refused.levels().requests()).isEqualTo(new Level(7, 0, 60_000));
        limits.pass(8571);
        limits.refused(0);
        limits.pass(1);
        limits.admitted(0);
        limits.refused(0);
    }

    /// BerriAI/litellm#18730: five calls at once used 663 of 100 tokens.
    @Test
    void callsAtOnceNeverUseMoreTokensThanThereAre() throws Exception {
        FakeLimits limits = new FakeLimits(tokens(100));
        AtomicInteger used = new AtomicInteger();
        List<Future<?>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 200; i++) {
                calls.add(threads.submit(() -> {
                    if (limits.ask(30) instanceof Admission admission) {
                        used.addAndGet(27);
                        admission.settle(27, Money.of("0", "CNY"));
                        admission.leave();
                    }
                }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        }
        // 27 + 27 leave 46, so a third call of 30 fits, and then 19 are left
        assertThat(used).hasValue(81);
        assertThat(limits.limiter.standing(limits.key).getFirst().used()).isEqualTo(81);
    }

    /// BerriAI/litellm#27735: calls that fit were refused under load.
    @Test
    void nothingThatFitsIsRefusedUnderLoad() throws Exception {
        FakeLimits limits = new FakeLimits(
                tokens(64_000), requests(100_000), each(Scope.CUSTOMER, Measure.TOKENS, Window.DAY, 100_000_000));
        AtomicInteger refused = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int t = 0; t < 8; t++) {
                threads.submit(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        // eight calls of 8,000 at once just fit, and each gives everything back
                        switch (limits.ask(8_000)) {
                            case Admission admission -> {
                                admission.refund();
                                admission.leave();
                            }
                            case Limiter.Refused _ -> refused.incrementAndGet();
                            case Limiter.NotYet _ -> i--;
                        }
                    }
                });
            }
        }
        assertThat(refused).hasValue(0);
    }

    @Test
    void whatWasNotUsedIsThereAgain() {
        FakeLimits limits = new FakeLimits(tokens(1000));
        Admission admission = limits.admitted(900);
        assertThat(limits.refused(200).stop()).isFalse();
        admission.settle(100, Money.of("0", "CNY"));
        admission.refund(); // too late
        assertThat(limits.admitted(900).levels().tokens()).isEqualTo(new Level(1000, 0, 60_000));
    }

    @Test
    void aCallThatCanNeverFitIsToldSo() {
        Refused refused = new FakeLimits(tokens(1000)).refused(1001);
        assertThat(refused.stop()).isTrue();
        assertThat(refused.sentence())
                .isEqualTo("Rate limit reached: the limit of this key is 1000 tokens per minute, and this call may "
                        + "need 1001 tokens. Ask for a shorter answer or send less.");
    }

    @Test
    void allLimitsMustAdmitAndARefusalTakesNothing() {
        FakeLimits limits = new FakeLimits(requests(10), tokens(100));
        limits.admitted(90);
        for (int i = 0; i < 20; i++) {
            limits.refused(20);
        }
        assertThat(limits.admitted(10).levels().requests()).isEqualTo(new Level(10, 8, 12_000));
    }

    @Test
    void callsAtOnceAreFreeWhenTheyLeave() {
        FakeLimits limits = new FakeLimits(each(Scope.CUSTOMER, Measure.CONCURRENT, Window.NOW, 2));
        Admission one = limits.admitted(5);
        limits.admitted(5);
        assertThat(limits.refused(5).waitMillis()).isEqualTo(1000);
        one.settle(5, Money.of("0", "CNY"));
        limits.refused(5);
        one.leave();
        one.leave();
        limits.admitted(5);
        limits.refused(5);
    }

    @Test
    void whatNamesSomebodyGoesBeforeWhatIsForEach() {
        FakeLimits limits = new FakeLimits(requests(1));
        Limit named =
                new Limit(Scope.KEY, limits.key.keyId().toString(), null, Measure.REQUESTS, Window.MINUTE, 3, null);
        limits.rules = FakeLimits.rules(named, requests(1));
        limits.admitted(0);
        limits.admitted(0);
        limits.admitted(0);
        limits.refused(0);
    }

    @Test
    void whatWasCountedStaysWhenTheAmountChanges() {
        FakeLimits limits = new FakeLimits(requests(10));
        for (int i = 0; i < 5; i++) {
            limits.admitted(0);
        }
        limits.rules = FakeLimits.rules(requests(5));
        limits.refused(0);
        limits.rules = FakeLimits.rules(requests(6));
        limits.admitted(0);
    }

    @Test
    void aLimitOfOneModelLeavesOthersAlone() {
        Limit ofChat = new Limit(Scope.KEY, null, "chat", Measure.REQUESTS, Window.MINUTE, 1, null);
        FakeLimits limits = new FakeLimits(ofChat);
        limits.admitted(0);
        limits.refused(0);
        assertThat(limits.limiter.admit(new Limiter.Asking(limits.key, "vectors", 0, limits.millis)))
                .isSameAs(Admission.FREE);
    }

    @Test
    void keysOfAProjectAndOfAMemberShareWhatIsTheirs() {
        FakeLimits limits = new FakeLimits(
                each(Scope.PROJECT, Measure.REQUESTS, Window.MINUTE, 1),
                each(Scope.MEMBER, Measure.TOKENS, Window.MINUTE, 10));
        ActorId member = new ActorId(Ulid.next());
        TenantId tenant = limits.tenant;
        Principal one = new Principal(tenant, Ulid.next(), "one", "web", member);
        Principal two = new Principal(tenant, Ulid.next(), "two", "web", member);
        Principal other = new Principal(tenant, Ulid.next(), "three", "app", member);
        assertThat(ask(limits, one, 4)).isInstanceOf(Admission.class);
        assertThat(ask(limits, two, 4)).isInstanceOf(Refused.class);
        assertThat(ask(limits, other, 4)).isInstanceOf(Admission.class);
        assertThat(ask(limits, new Principal(tenant, Ulid.next(), "four", "tv", member), 4))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.sentence()).contains("of this member"));
    }

    private static Limiter.Verdict ask(FakeLimits limits, Principal by, long tokens) {
        return limits.limiter.admit(new Limiter.Asking(by, "chat", tokens, limits.millis));
    }
}
