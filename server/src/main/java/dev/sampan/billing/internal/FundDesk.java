package dev.sampan.billing.internal;

import dev.sampan.billing.Fund;
import dev.sampan.billing.Funds;
import dev.sampan.database.AfterCommit;
import dev.sampan.database.Database;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.CallJournal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Grants funds, lets them lapse, and says what is left of them.
final class FundDesk implements Funds {
    private final Database database;
    private final CallJournal journal;
    private final Slices slices;
    private final FundBook book;
    private final InstantSource clock;

    FundDesk(Database database, CallJournal journal, Slices slices, FundBook book, InstantSource clock) {
        this.database = database;
        this.journal = journal;
        this.slices = slices;
        this.book = book;
        this.clock = clock;
    }

    @Override
    public Fund grant(JdbcClient tx, Grant grant, ActorId by) {
        requireSensible(grant);
        Instant expires = grant.expiresAt();
        Fund fund = new Fund(
                Ulid.next(),
                grant.customer(),
                grant.kind(),
                grant.unit(),
                grant.models(),
                grant.priority(),
                grant.startsAt().truncatedTo(ChronoUnit.MICROS),
                expires == null ? null : expires.truncatedTo(ChronoUnit.MICROS),
                grant.amount(),
                grant.reference());
        if (!FundRows.insert(tx, fund, by.toString())) {
            return same(FundRows.named(tx, grant.customer(), grant.reference()).orElseThrow(), fund);
        }
        FundLedger.grant(tx, fund);
        AfterCommit.run(() -> book.take(fund));
        return fund;
    }

    private static Fund same(Fund before, Fund asked) {
        if (before.kind() != asked.kind()
                || !before.unit().equals(asked.unit())
                || before.granted() != asked.granted()) {
            throw new IllegalStateException("the fund '" + asked.reference() + "' was " + before.granted() + " "
                    + before.unit() + " and is to be " + asked.granted() + " " + asked.unit());
        }
        return before;
    }

    private static void requireSensible(Grant grant) {
        Instant expires = grant.expiresAt();
        String wrong = null;
        if (grant.amount() <= 0) {
            wrong = "is of " + grant.amount() + " " + grant.unit() + "; only more than 0 can be granted";
        } else if (expires != null && !expires.isAfter(grant.startsAt())) {
            wrong = "would expire at " + expires + ", before it starts at " + grant.startsAt();
        } else if (grant.kind() == Fund.Kind.CREDIT_LINE && !grant.unit().money()) {
            wrong = "is a line of credit in " + grant.unit() + "; only money can be owed";
        } else if (grant.reference().isBlank()) {
            wrong = "has no reference";
        }
        if (wrong != null) {
            throw new ProblemException(Problem.of("billing.bad_fund", "The fund '" + grant.reference() + "' " + wrong));
        }
    }

    @Override
    public boolean end(JdbcClient tx, TenantId customer, String reference, Instant at) {
        Optional<Fund> ended = FundRows.end(tx, customer, reference, at.truncatedTo(ChronoUnit.MICROS));
        ended.ifPresent(fund -> AfterCommit.run(() -> book.take(fund)));
        return ended.isPresent();
    }

    /// One moment's truth, as of the wallet.
    @Override
    public List<State> of(TenantId customer) {
        return journal.betweenDrains(() -> database.asTenant(customer, tx -> FundRows.open(tx, customer)).stream()
                .map(row -> {
                    Slice.Look here = slices.look(row.fund());
                    return new State(
                            row.fund(),
                            row.rest() - here.held() - here.unbooked(),
                            here.held(),
                            row.used() + here.unbooked());
                })
                .sorted(Comparator.comparing(State::fund, Fund.ORDER))
                .toList());
    }

    /// What nobody used in time is over: what is free here comes home, what is home lapses, and a fund of which nothing
    /// is left anywhere is closed.
    ///
    /// @throws dev.sampan.database.DatabaseAway the next attempt follows
    void lapse() {
        Instant now = clock.instant();
        book.all().stream()
                .filter(fund -> fund.expiresAt() != null && !now.isBefore(fund.expiresAt()))
                .forEach(slices::comeHome);
        database.asPlatform(tx -> {
            List<FundRows.Row> lapsed = FundRows.lapsed(tx, now);
            for (FundRows.Row row : lapsed) {
                if (row.rest() > row.leased()) {
                    FundLedger.lapse(tx, row.fund(), row.rest() - row.leased(), row.rest());
                }
                if (row.rest() > row.leased() || row.leased() == 0) {
                    FundRows.lapse(tx, row.fund().id());
                }
            }
            return lapsed.size();
        });
    }

    @Override
    public void tellWhenBelow(TenantId customer, @Nullable Money threshold) {
        database.asPlatform(tx -> LowBalances.set(tx, customer, threshold));
    }
}
