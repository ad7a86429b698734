package dev.sampan.limits.internal;

import dev.sampan.accounts.Principal;
import dev.sampan.gateway.internal.FakeKeys;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.limits.Limiter;
import dev.sampan.limits.Rule;
import dev.sampan.limits.UsedSoFar;
import dev.sampan.spec.LimitsSpec;
import dev.sampan.spec.LimitsSpec.Limit;
import dev.sampan.spec.LimitsSpec.Measure;
import dev.sampan.spec.LimitsSpec.Scope;
import dev.sampan.spec.LimitsSpec.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A limiter of any rules at any time, with a past that can be told.
public final class FakeLimits implements UsedSoFar {
    static final Currency CNY = Currency.getInstance("CNY");

    final TenantId tenant = new TenantId(Ulid.next());
    final Principal key = new Principal(tenant, Ulid.next(), "key");
    final List<Question> questions = new ArrayList<>();
    volatile Sum past = new Sum(0, 0);
    volatile @Nullable RuntimeException fault;
    volatile int flushed;
    volatile long millis = Instant.parse("2026-11-24T10:00:00Z").toEpochMilli();
    volatile ZoneId zone = ZoneId.of("Asia/Shanghai");
    volatile RuleSet rules;
    final LocalLimiter limiter;

    public FakeLimits(Limit... limits) {
        this(Runnable::run, limits);
    }

    FakeLimits(Executor blocking, Limit... limits) {
        rules = rules(limits);
        Past lookedUp = new Past(
                () -> this,
                new FakeKeys() {
                    @Override
                    public ZoneId zone(TenantId of) {
                        return zone;
                    }
                },
                blocking,
                this::now);
        limiter = new LocalLimiter(() -> rules, lookedUp, this::now);
    }

    static RuleSet rules(Limit... limits) {
        return new RuleSet(java.util.Arrays.stream(limits)
                .map(limit -> new Rule(limit, limit.of() == null ? "" : limit.of()))
                .toList());
    }

    public Limiter limiter() {
        return limiter;
    }

    /// Both clocks go together.
    Moment now() {
        return new Moment(millis, millis * 1_000_000);
    }

    void pass(long more) {
        millis += more;
    }

    Limiter.Verdict ask(long tokens) {
        return limiter.admit(new Limiter.Asking(key, "chat", tokens, millis));
    }

    Limiter.Admission admitted(long tokens) {
        return ask(tokens) instanceof Limiter.Admission admission
                ? admission
                : throwing(new AssertionError("refused: " + ask(tokens)));
    }

    Limiter.Refused refused(long tokens) {
        return ask(tokens) instanceof Limiter.Refused refused ? refused : throwing(new AssertionError("admitted"));
    }

    private static <T> T throwing(AssertionError error) {
        throw error;
    }

    public static Limit each(Scope scope, Measure measure, Window window, long amount) {
        return new Limit(scope, null, null, measure, window, amount, measure == Measure.SPEND ? CNY : null);
    }

    static Limit requests(long aMinute) {
        return each(Scope.KEY, Measure.REQUESTS, Window.MINUTE, aMinute);
    }

    static Limit tokens(long aMinute) {
        return each(Scope.KEY, Measure.TOKENS, Window.MINUTE, aMinute);
    }

    static LimitsSpec spec(Limit... limits) {
        return new LimitsSpec(List.of(limits));
    }

    @Override
    public void flush() {
        flushed++;
    }

    @Override
    public List<Sum> look(List<Question> asked) {
        if (fault != null) {
            throw fault;
        }
        questions.addAll(asked);
        return asked.stream().map(_ -> past).toList();
    }
}
