package dev.sampan.payments.internal;

import dev.sampan.console.sample.SampleAccounts;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.payments.Notifications.Answer;
import dev.sampan.payments.Payment;
import dev.sampan.payments.PaymentLink;
import dev.sampan.payments.internal.provider.Wire;
import dev.sampan.spec.PaymentsSpec;
import dev.sampan.testing.DatabaseFixture;
import dev.sampan.trust.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/// The room without Spring, on a real database, with wallets of its own and a clock that is moved by hand.
final class PaymentsStand implements AutoCloseable {
    static final ActorId BY = new ActorId(Ulid.next());

    final TableTreasury treasury;
    final ProviderBook book;
    final PaymentOffice office;
    final NotificationDesk desk;
    final PaymentWatch watch;
    final Reconciler reconciler;
    final List<Object> events = new CopyOnWriteArrayList<>();
    private final Wire wire = new Wire();
    private volatile Instant now = Instant.parse("2026-11-24T10:00:00Z");

    PaymentsStand(DatabaseFixture db, String currency, PaymentsSpec spec, Map<String, String> secrets) {
        treasury = new TableTreasury(db.database(), db.owner(), Currency.getInstance(currency));
        book = new ProviderBook(new ProviderSets(db.database(), new OpenVault()), wire, this::now);
        book.apply(spec, secrets, BY);
        PaymentHouse house = new PaymentHouse(
                new PaymentHouse.Ground(db.database(), book, new SampleAccounts(false), events::add, this::now),
                treasury);
        office = house.office();
        desk = house.notifications();
        watch = house.watch();
        reconciler = house.reconciler();
    }

    /// Keeps secrets as they are.
    private static final class OpenVault implements Vault {
        @Override
        public byte[] seal(byte[] secret, String place) {
            return secret.clone();
        }

        @Override
        public byte[] open(byte[] sealed, String place) {
            return sealed.clone();
        }
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    PaymentLink link(TenantId customer, Money amount) {
        return office.createLink(customer, amount, BY);
    }

    Payment begin(TenantId customer, Money amount, String provider) {
        return office.begin(link(customer, amount), provider);
    }

    Answer tell(String provider, byte[] body, Map<String, String> headers) {
        return desk.take(provider, headers, body);
    }

    static Payment.Shown shown(Payment payment) {
        return Objects.requireNonNull(payment.checkout());
    }

    Payment.State state(Payment payment) {
        return office.payment(payment.id()).orElseThrow().state();
    }

    @Override
    public void close() {
        wire.close();
    }
}
