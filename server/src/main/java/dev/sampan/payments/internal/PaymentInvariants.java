package dev.sampan.payments.internal;

import dev.sampan.database.Database;
import dev.sampan.integrity.Invariant;
import java.util.List;
import java.util.function.Supplier;

/// What payments promise, each as one question to the database. A question answers with the rows that break the
/// promise, each as one sentence.
final class PaymentInvariants {
    private static final String TOLD = """
            select 'The payment ' || payment.id || ' is ' || state || ', and was credited '
                   || count(event_id) || ' times by what was told'
            from payments.payment
            left join payments.inbox on inbox.payment_id = payment.id and inbox.outcome = 'credited'
            group by payment.id, state
            having count(event_id) <> case when state = 'paid' then 1 else 0 end
            """;

    private static final String EXCEEDED = """
            select 'Of the payment ' || payment.id || ' over ' || payment.nanos || ' nanos '
                   || sum(refund.nanos) || ' are given back'
            from payments.payment join payments.refund on refund.payment_id = payment.id
            where refund.state <> 'failed' and not foreign_made
            group by payment.id, payment.nanos having sum(refund.nanos) > payment.nanos
            """;

    private static final String ELSEWHERE = """
            select 'The refund ' || refund.id || ' is of another customer or currency than its payment'
            from payments.refund join payments.payment on payment.id = refund.payment_id
            where refund.tenant_id <> payment.tenant_id or refund.currency <> payment.currency
               or payment.state <> 'paid'
            """;

    private final Database database;

    PaymentInvariants(Database database) {
        this.database = database;
    }

    List<Invariant> all() {
        return List.of(
                new Question(
                        "payments.credited_once",
                        () -> database.snapshot(tx -> new Invariant.Finding(
                                tx.sql("select count(*) from payments.payment")
                                        .query(Long.class)
                                        .single(),
                                tx.sql(TOLD).query(String.class).list()))),
                new Question(
                        "payments.refunds_fit",
                        () -> database.snapshot(tx -> new Invariant.Finding(
                                tx.sql("select count(*) from payments.refund")
                                        .query(Long.class)
                                        .single(),
                                tx.sql(EXCEEDED).query(String.class).list()))),
                new Question(
                        "payments.refunds_of_paid",
                        () -> database.snapshot(tx -> new Invariant.Finding(
                                tx.sql("select count(*) from payments.refund")
                                        .query(Long.class)
                                        .single(),
                                tx.sql(ELSEWHERE).query(String.class).list()))));
    }

    private record Question(String id, Supplier<Finding> asking) implements Invariant {
        @Override
        public Finding look() {
            return asking.get();
        }
    }
}
