package dev.sampan.billing.internal;

import dev.sampan.database.DatabaseAway;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Booking;
import dev.sampan.metering.Usage;
import dev.sampan.metering.internal.SimulatedJournal;
import java.io.IOException;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What PostgreSQL does, said again in a few lines: the reference a simulation compares with. It can be away, and it
/// can lose the answer of what it did.
final class SimulatedBooks implements LeaseStore, SimulatedJournal.Store {
    private static final Currency CNY = Currency.getInstance("CNY");

    final Map<TenantId, Wallet> wallets = new LinkedHashMap<>();
    final Map<Ulid, Usage> usage = new LinkedHashMap<>();
    final Map<TenantId, Lease> leases = new LinkedHashMap<>();
    boolean away;
    Fault next = Fault.NONE;
    private long drained;

    /// What happens to the next transaction.
    enum Fault {
        NONE,
        /// It is not done.
        REFUSED,
        /// It is done, and nobody hears of it.
        UNHEARD
    }

    static final class Wallet {
        long granted;
        long balance;
        long leased;
    }

    static final class Lease {
        long nanos;
        long version;
        long lastGranted;
    }

    void grant(TenantId tenant, long nanos) {
        Wallet wallet = wallets.computeIfAbsent(tenant, _ -> new Wallet());
        wallet.granted += nanos;
        wallet.balance += nanos;
    }

    @Override
    public @Nullable Grant take(TenantId tenant, long version, long need, long worth) {
        return transaction(() -> {
            Wallet wallet = wallets.get(tenant);
            if (wallet == null) {
                return new Grant(0, 0, null);
            }
            long rest = wallet.balance - wallet.leased;
            long share = rest / 8 >= worth ? rest / 8 : 0;
            long granted = Math.min(rest, Math.max(need, share));
            Lease lease = leases.get(tenant);
            if ((lease == null ? 0 : lease.version) != version) {
                return null;
            }
            if (granted > 0) {
                lease = leases.computeIfAbsent(tenant, _ -> new Lease());
                lease.nanos += granted;
                lease.version++;
                lease.lastGranted = granted;
                wallet.leased += granted;
            }
            return new Grant(granted, rest - granted, CNY);
        });
    }

    @Override
    public boolean giveBack(TenantId tenant, long version, long nanos) {
        return Objects.requireNonNull(transaction(() -> {
            Lease lease = leases.get(tenant);
            if (lease == null || lease.version != version) {
                return false;
            }
            lease.nanos -= nanos;
            lease.version++;
            lease.lastGranted = -nanos;
            wallet(tenant).leased -= nanos;
            return true;
        }));
    }

    @Override
    public Move last(TenantId tenant) {
        return Objects.requireNonNull(transaction(() -> {
            Lease lease = leases.get(tenant);
            return lease == null ? new Move(0, 0) : new Move(lease.version, lease.lastGranted);
        }));
    }

    @Override
    public void giveBackAll() {
        leases.forEach((tenant, lease) -> wallet(tenant).leased -= lease.nanos);
        leases.clear();
    }

    @Override
    public long drained(Ulid node) {
        return drained;
    }

    @Override
    public void store(Booking.Batch batch, long upTo) {
        transaction(() -> {
            if (drained < upTo) {
                batch.usages().forEach(this::book);
                drained = upTo;
            }
            return null;
        });
    }

    private void book(Usage charged) {
        if (usage.putIfAbsent(charged.requestId(), charged) != null) {
            return;
        }
        long nanos = charged.amount().nanos();
        Wallet wallet = wallet(charged.tenant());
        wallet.balance -= nanos;
        wallet.leased -= nanos;
        Lease lease = Objects.requireNonNull(leases.get(charged.tenant()), "a charge without a lease");
        lease.nanos -= nanos;
        if (lease.nanos < 0 || wallet.balance < 0 || wallet.leased < 0) {
            throw new IllegalStateException("spent more than was leased");
        }
    }

    Wallet wallet(TenantId tenant) {
        return Objects.requireNonNull(wallets.get(tenant), "no wallet");
    }

    private <T> @Nullable T transaction(java.util.function.Supplier<@Nullable T> work) {
        Fault fault = next;
        next = Fault.NONE;
        if (away || fault == Fault.REFUSED) {
            throw new DatabaseAway(new IOException("connection refused"));
        }
        T result = work.get();
        if (fault == Fault.UNHEARD) {
            throw new DatabaseAway(new IOException("connection reset"));
        }
        return result;
    }
}
