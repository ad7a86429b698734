package dev.sampan.payments.internal;

import dev.sampan.database.Database;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import dev.sampan.payments.Payment;
import dev.sampan.payments.Payments.Imported;
import dev.sampan.payments.internal.bank.Reference;
import dev.sampan.payments.internal.bank.Statement;
import dev.sampan.payments.internal.provider.Notice;
import dev.sampan.spec.PaymentsSpec;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/// Finds transfers on a bank's statement: by their reference and their exact amount, each entry once.
final class Statements {
    private static final String BY_TAIL = """
            select id from payments.payment where provider = ? and right(id, 10) = ?
            """;

    private final Database database;
    private final ProviderBook book;
    private final Inbox inbox;

    Statements(Database database, ProviderBook book, Inbox inbox) {
        this.database = database;
        this.book = book;
        this.inbox = inbox;
    }

    Imported take(String provider, byte[] csv) {
        if (!(book.spec().provider(provider).orElse(null) instanceof PaymentsSpec.Bank bank)) {
            throw new ProblemException(Problem.of("payments.unknown_provider", "'" + provider + "' is no bank here"));
        }
        Currency currency = bank.currencies().getFirst();
        int booked = 0;
        int known = 0;
        List<String> unmatched = new ArrayList<>();
        for (Statement.Entry entry : Statement.read(csv, currency)) {
            Optional<Payment> payment = Reference.in(entry.line()).flatMap(tail -> find(provider, tail));
            if (payment.isEmpty() || !payment.get().amount().equals(entry.amount())) {
                unmatched.add(entry.amount() + " · " + entry.line());
                continue;
            }
            Notice.Paid paid = new Notice.Paid(
                    "entry/" + entry.number(),
                    "statement",
                    payment.get().id().toString(),
                    entry.number(),
                    entry.amount());
            switch (inbox.take(provider, paid, Sha256.of(entry.line()))) {
                case CREDITED -> booked++;
                case DUPLICATE, REPEATED -> known++;
                case MISMATCH, UNKNOWN, PAID_TWICE, ENDED, REFUND, DISPUTE, IGNORED ->
                    unmatched.add(entry.amount() + " · " + entry.line());
            }
        }
        return new Imported(booked, known, unmatched);
    }

    private Optional<Payment> find(String provider, String tail) {
        return database.asPlatform(tx -> tx.sql(BY_TAIL)
                .param(provider)
                .param(tail)
                .query(String.class)
                .optional()
                .flatMap(id -> PaymentRows.find(tx, id)));
    }
}
