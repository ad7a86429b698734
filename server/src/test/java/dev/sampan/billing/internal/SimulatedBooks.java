package dev.sampan.billing.internal;

import dev.sampan.database.DatabaseAway;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Booking;
import dev.sampan.metering.Usage;
import dev.sampan.metering.internal.SimulatedJournal;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What PostgreSQL does, said again in a few lines: the reference a simulation compares with. It can be away, and it
/// can lose the answer of what it did.
final class SimulatedBooks implements LeaseStore, SimulatedJournal.Store {
    /// Wallets and funds: both are leased alike.
    final Map<Pot, Wallet> wallets = new LinkedHashMap<>();

    final Map<Ulid, Usage> usage = new LinkedHashMap<>();
    final Map<Pot, Lease> leases = new LinkedHashMap<>();
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
        final String unit;
        long granted;
        long lapsed;
        long balance;
        long leased;

        Wallet(String unit) {
            this.unit = unit;
        }
    }

    static final class Lease {
        long nanos;
        long version;
        long lastGranted;
    }

    void grant(TenantId tenant, long nanos) {
        grant(Pot.wallet(tenant), "CNY", nanos);
    }

    void grant(Pot pot, String unit, long count) {
        Wallet wallet = wallets.computeIfAbsent(pot, _ -> new Wallet(unit));
        wallet.granted += count;
        wallet.balance += count;
    }

    /// What is home of a fund whose time is over is gone.
    void lapse(Pot pot) {
        Wallet wallet = wallet(pot);
        wallet.lapsed += wallet.balance - wallet.leased;
        wallet.balance = wallet.leased;
    }

    @Override
    public @Nullable Grant take(Pot pot, long version, long need, long worth) {
        return transaction(() -> {
            Wallet wallet = wallets.get(pot);
            if (wallet == null) {
                return new Grant(0, 0, null);
            }
            long rest = wallet.balance - wallet.leased;
            long share = rest / 8 >= worth ? rest / 8 : 0;
            long granted = Math.min(rest, Math.max(need, share));
            Lease lease = leases.get(pot);
            if ((lease == null ? 0 : lease.version) != version) {
                return null;
            }
            if (granted > 0) {
                lease = leases.computeIfAbsent(pot, _ -> new Lease());
                lease.nanos += granted;
                lease.version++;
                lease.lastGranted = granted;
                wallet.leased += granted;
            }
            return new Grant(granted, rest - granted, wallet.unit);
        });
    }

    @Override
    public boolean giveBack(Pot pot, long version, long nanos) {
        return Objects.requireNonNull(transaction(() -> {
            Lease lease = leases.get(pot);
            if (lease == null || lease.version != version) {
                return false;
            }
            lease.nanos -= nanos;
            lease.version++;
            lease.lastGranted = -nanos;
            wallet(pot).leased -= nanos;
            return true;
        }));
    }

    @Override
    public Move last(Pot pot) {
        return Objects.requireNonNull(transaction(() -> {
            Lease lease = leases.get(pot);
            return lease == null ? new Move(0, 0) : new Move(lease.version, lease.lastGranted);
        }));
    }

    @Override
    public void giveBackAll() {
        leases.forEach((pot, lease) -> wallet(pot).leased -= lease.nanos);
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
        Pot pot = pot(charged);
        long nanos = count(charged);
        if (nanos == 0) {
            return;
        }
        Wallet wallet = wallet(pot);
        wallet.balance -= nanos;
        wallet.leased -= nanos;
        Lease lease = Objects.requireNonNull(leases.get(pot), "a charge without a lease");
        lease.nanos -= nanos;
        if (lease.nanos < 0 || wallet.balance < 0 || wallet.leased < 0) {
            throw new IllegalStateException("spent more than was leased");
        }
    }

    /// What has paid for it.
    static Pot pot(Usage charged) {
        Usage.Drawn drawn = charged.drawn();
        return drawn == null ? Pot.wallet(charged.tenant()) : new Pot(charged.tenant(), drawn.fund());
    }

    /// How much of that.
    static long count(Usage charged) {
        Usage.Drawn drawn = charged.drawn();
        return drawn == null ? charged.amount().nanos() : drawn.count();
    }

    Wallet wallet(TenantId tenant) {
        return wallet(Pot.wallet(tenant));
    }

    Wallet wallet(Pot pot) {
        return Objects.requireNonNull(wallets.get(pot), "no wallet");
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
