package dev.sampan.billing.internal.plans;

import dev.sampan.billing.Invoice;
import dev.sampan.billing.Plans;
import dev.sampan.billing.internal.OpenTill;
import dev.sampan.kernel.TenantId;
import dev.sampan.spec.Specs;
import dev.sampan.testing.DatabaseFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Where plans are sold, on a clock that the test moves. It begins on 31 January 2027 in Shanghai.
final class Counter implements AutoCloseable {
    static final String PLANS = """
            plans:
              - {name: pro, title: Pro, price: 99, included: [{meter: unit, units: 1000}]}
              - {name: max, title: Max, price: 299, seats: {included: 1, price: 10},
                 included: [{meter: unit, units: 3000}]}
              - {name: trial, title: Tried, price: 60, included: [{meter: unit, units: 10}],
                 phases: [{type: trial, days: 14}, {type: discount, periods: 2, percent: 50}]}
              - name: tiers
                title: Tiers
                price: 0
                charges:
                  - {meter: unit, rate: {type: graduated, tiers: [{up_to: 1000, price: 0.002}, {price: 0.001}]}}
              - {name: committed, title: Committed, price: 0, commitment: 10}
              - {name: later, title: Later, price: 0, settlement: pay_later, credit_line: 100}
              - {name: weekly, title: Weekly, price: 7, interval: week}
            bundles:
              - {name: thousand, title: A thousand, price: 20, days: 30, contents: {meter: unit, units: 1000}}
            coupons:
              - {name: half, off: {type: percent, percent: 50}, duration: repeating, periods: 2}
              - {name: three, off: {type: amount, amount: 5}, codes: [THREE], redemptions: 3}
            taxes:
              - {name: VAT, percent: 19, regions: [DE]}
              - {name: VAT, percent: 6, inclusive: true, regions: [CN]}
            """;

    final OpenTill till;
    final Plans plans;
    final Clock clock = new Clock();
    private final DatabaseFixture database;
    private final List<Object> events = new CopyOnWriteArrayList<>();

    /// Moves when it is told to.
    static final class Clock implements InstantSource {
        private volatile Instant now = Instant.parse("2027-01-31T01:00:00Z");

        void set(String at) {
            now = Instant.parse(at);
        }

        void plusDays(int days) {
            now = now.plus(Duration.ofDays(days));
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    Counter(Path folder, DatabaseFixture database) {
        this.database = database;
        till = new OpenTill(folder, database, clock);
        Steward.Tools tools = new Steward.Tools(database.database(), till.journal(), till.meters(), events::add, clock);
        plans = PlansRoom.assembled(
                tools,
                new PlansRoom.Neighbours(till.accounts(), till.invoices(), till.treasurer(), till.funds()),
                ZoneId.of("Asia/Shanghai"));
        apply(PLANS);
    }

    void apply(String text) {
        try {
            Path file = Files.createTempFile("plans", ".yaml");
            Files.writeString(file, text);
            plans.apply(Specs.readPlans(file), OpenTill.ACTOR);
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void use(TenantId customer, long units, String at) {
        till.use(customer, units, Instant.parse(at));
    }

    List<String> granted(TenantId customer) {
        return database.owner()
                .sql("""
                        select granted || ' ' || unit from billing.fund where tenant_id = ? order by granted_at, id
                        """)
                .param(customer.toString())
                .query(String.class)
                .list();
    }

    /// Newest first.
    List<Invoice> invoices(TenantId customer) {
        return till.all(customer);
    }

    <E> List<E> told(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    void atOnce(int many, Runnable work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                all.add(threads.submit(work));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    /// What is receivable by the ledger is what the invoices say is due.
    @Override
    public void close() throws IOException {
        till.close();
        List<String> wrong = database.owner().sql("""
                        select owed.tenant_id || ': ' || owed.nanos || ' by the ledger, '
                               || said.nanos || ' by invoices'
                        from (select tenant_id, coalesce(sum(nanos), 0) as nanos from billing.entry
                              where account = 'receivable' group by tenant_id) as owed
                        join (select tenant_id, (sum(due) - coalesce(sum(paid), 0) - coalesce(sum(credited), 0)) * 1e9
                                  as nanos
                              from billing.invoice
                              left join (select number, sum(amount) as paid from billing.invoice_payment
                                         group by number) as payments using (number)
                              left join (select invoice as number, sum(off_due) as credited
                                         from billing.credit_note group by invoice) as notes using (number)
                              group by tenant_id) as said using (tenant_id)
                        where owed.nanos <> said.nanos
                        """).query(String.class).list();
        org.assertj.core.api.Assertions.assertThat(wrong).isEmpty();
    }
}
