package dev.sampan.billing.internal;

import dev.sampan.billing.Fund;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What becomes of a fund in the ledger. Money: owed from its grant on, earned when it is used, breakage when
/// nobody asks for it. Counted units: the same in accounts and units of their own. A line of credit is nobody's
/// money before it is used; then the customer owes it.
final class FundLedger {
    private FundLedger() {}

    static void grant(JdbcClient tx, Fund fund) {
        if (!fund.unit().money()) {
            post(tx, fund, "grant", fund.granted(), fund.id().toString(), "units_granted", "units_owed");
            return;
        }
        String from = switch (fund.kind()) {
            case INCLUDED -> "allowance";
            case BUNDLE -> "deferred";
            case PROMOTION -> Ledger.PROMOTION;
            case CREDIT_LINE -> "";
        };
        if (!from.isEmpty()) {
            post(tx, fund, "grant", fund.granted(), fund.id().toString(), from, Ledger.FUND_CREDIT);
        }
    }

    /// @param reference names the batch, too
    static void charge(JdbcClient tx, Fund fund, long count, String reference) {
        if (!fund.unit().money()) {
            post(tx, fund, "charge", count, reference, "units_owed", "units_used");
        } else if (fund.kind() == Fund.Kind.CREDIT_LINE) {
            post(tx, fund, "charge", count, reference, Ledger.RECEIVABLE, Ledger.EARNINGS);
        } else {
            post(tx, fund, "charge", count, reference, Ledger.FUND_CREDIT, Ledger.EARNINGS);
        }
    }

    /// @param rest what was left before, which names this part of what lapses
    static void lapse(JdbcClient tx, Fund fund, long count, long rest) {
        String reference = fund.id() + "/" + rest;
        if (!fund.unit().money()) {
            post(tx, fund, "lapse", count, reference, "units_owed", "units_lapsed");
        } else if (fund.kind() != Fund.Kind.CREDIT_LINE) {
            post(tx, fund, "lapse", count, reference, Ledger.FUND_CREDIT, "breakage");
        }
    }

    private static void post(
            JdbcClient tx, Fund fund, String kind, long count, String reference, String debit, String credit) {
        Ledger.post(
                tx,
                new Ledger.Posting(kind, reference, debit, credit, fund.id()),
                List.of(new Ledger.Amount(fund.tenant(), count, fund.unit().code())));
    }
}
