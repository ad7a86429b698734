package dev.sampan.console.sample;

import dev.sampan.billing.Fund;
import dev.sampan.billing.FundUnit;
import dev.sampan.billing.Funds;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One customer has an allowance of tokens and a line of credit.
public final class SampleFunds implements Funds {
    private final TenantId active;

    public SampleFunds(TenantId active) {
        this.active = active;
    }

    @Override
    public List<State> of(TenantId customer) {
        if (!customer.equals(active)) {
            return List.of();
        }
        Instant start = Instant.parse("2026-11-01T00:00:00Z");
        return List.of(
                state(Fund.Kind.INCLUDED, FundUnit.TOKENS, 1_000_000, Set.of("chat"), start),
                state(Fund.Kind.CREDIT_LINE, new FundUnit("CNY"), 500_000_000_000L, Set.of(), start));
    }

    private State state(Fund.Kind kind, FundUnit unit, long granted, Set<String> models, Instant start) {
        Instant end = kind == Fund.Kind.INCLUDED ? Instant.parse("2026-12-01T00:00:00Z") : null;
        Fund fund = new Fund(
                new Ulid(7, kind.ordinal()),
                active,
                kind,
                unit,
                models,
                kind.priority(),
                start,
                end,
                granted,
                "sample/" + kind);
        return new State(fund, granted / 4 * 3, 0, granted / 4);
    }

    @Override
    public Fund grant(JdbcClient tx, Grant grant, ActorId by) {
        throw new UnsupportedOperationException("the sample grants nothing");
    }

    @Override
    public boolean end(JdbcClient tx, TenantId customer, String reference, Instant at) {
        return false;
    }

    @Override
    public void tellWhenBelow(TenantId customer, @Nullable Money threshold) {
        throw new UnsupportedOperationException("the sample tells nobody");
    }
}
