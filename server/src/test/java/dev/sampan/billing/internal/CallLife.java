package dev.sampan.billing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.accounts.Principal;
import dev.sampan.billing.Price;
import dev.sampan.database.DatabaseAway;
import dev.sampan.gateway.Call;
import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Booking;
import dev.sampan.metering.Usage;
import dev.sampan.metering.internal.SimulatedDisk;
import dev.sampan.metering.internal.SimulatedJournal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One world for the simulation: the real purse, slices, journal and drainer of one installation over a simulated disk,
/// database and clock. Every random choice comes from the seed.
final class CallLife {
    private static final Money PRICE = Money.of("0.01", "CNY");
    private static final Ulid NODE = new Ulid(1, 1);
    private static final int CUSTOMERS = 3;

    private final SplittableRandom random;
    private final SimulatedDisk disk = new SimulatedDisk();
    private final SimulatedBooks books = new SimulatedBooks();
    private final List<TenantId> customers = new ArrayList<>();
    private final Map<Ulid, Usage> asked = new HashMap<>();
    private final Set<Ulid> acknowledged = new HashSet<>();
    private final Set<Ulid> released = new HashSet<>();
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final List<Purse.Held> held = new ArrayList<>();
    private long now = 1_767_225_600_000L;
    private final Map<Pot, Long> sums = new HashMap<>();
    private final SimulatedFunds funds;
    private int checked;
    private long calls;
    private SimulatedJournal journal;
    private Slices slices;
    private JournalledPurse purse;

    CallLife(long seed) {
        random = new SplittableRandom(seed);
        funds = new SimulatedFunds(random.split(), books, PRICE);
        for (int i = 0; i < CUSTOMERS; i++) {
            TenantId customer = new TenantId(new Ulid(2, i));
            customers.add(customer);
            books.grant(customer, PRICE.nanos() * random.nextInt(5, 500));
            for (int left = random.nextInt(3); left > 0; left--) {
                funds.grant(customer, now);
            }
        }
        slices = newSlices();
        journal = newJournal();
        purse = newPurse();
    }

    long calls() {
        return calls;
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /// One thing happens.
    void step() {
        switch (random.nextInt(40)) {
            case 0 -> books.away = !books.away;
            case 1 -> books.next = SimulatedBooks.Fault.REFUSED;
            case 2 -> books.next = SimulatedBooks.Fault.UNHEARD;
            case 3 -> disk.full(random.nextBoolean());
            case 4 -> now += random.nextInt(400);
            case 5 -> rarely(40, () -> crash(false));
            case 6 -> rarely(40, () -> crash(true));
            case 7 -> rarely(200, () -> disk.failing(true));
            case 8 -> rarely(30, this::grant);
            case 32 -> rarely(20, () -> funds.lapse(slices, now));
            case 33 -> rarely(40, () -> funds.grant(customers.get(random.nextInt(CUSTOMERS)), now));
            case 9 -> rarely(30, this::expire);
            case 10 -> comeHomeOrAllocate();
            case 11, 12, 13 -> drain();
            case 14, 15, 16, 17, 18 -> journal.write();
            case 19, 20, 21, 22, 23 -> runBackground();
            case 24, 25, 26, 27, 28, 29 -> settle();
            case 30 -> release();
            default -> call();
        }
        check();
    }

    private void comeHomeOrAllocate() {
        if (random.nextInt(4) == 0) {
            slices.comeHome(customers.get(random.nextInt(CUSTOMERS)));
        } else {
            journal.allocate();
        }
    }

    private void rarely(int times, Runnable happens) {
        if (random.nextInt(times) == 0) {
            happens.run();
        }
    }

    private void call() {
        TenantId customer = customers.get(random.nextInt(CUSTOMERS));
        long units = random.nextInt(1, 4);
        Quantities most = random.nextBoolean() ? Quantities.units(units) : Quantities.tokens(units, 0, units);
        Ulid id = new Ulid(now << 16, ++calls);
        Call call = new Call(id, new Principal(customer, new Ulid(3, 3), "key"), "model", most, now);
        purse.reserve(call).thenAccept(said -> {
            if (said instanceof Purse.Held hold) {
                held.add(hold);
            }
        });
    }

    /// What a call uses of what it may.
    private Quantities part(Quantities most) {
        if (most.unitsOnly()) {
            return Quantities.units(random.nextLong(1, most.total() + 1));
        }
        long prompt = random.nextLong(0, most.prompt() + 1);
        long cached = random.nextLong(0, prompt + 1);
        return Quantities.tokens(prompt - cached, cached, random.nextLong(0, most.of(Meter.OUTPUT) + 1));
    }

    private void settle() {
        if (held.isEmpty()) {
            return;
        }
        Purse.Held hold = held.remove(random.nextInt(held.size()));
        Quantities used = part(hold.call().most());
        Supply supply = used.unitsOnly() ? null : new Supply("elsewhere", PRICE, Supply.Source.PROVIDER);
        Ulid id = hold.call().requestId();
        asked.put(
                id,
                new Usage(
                        id,
                        hold.call().principal().tenant(),
                        new Ulid(3, 3),
                        "model",
                        used,
                        PRICE.times(used.total()),
                        hold.priceVersion(),
                        supply,
                        Instant.ofEpochMilli(hold.call().receivedAtMillis())));
        purse.settle(hold, used, supply).thenAccept(charge -> {
            assertThat(charge.amount().nanos())
                    .isIn(0L, PRICE.times(used.total()).nanos());
            acknowledged.add(id);
        });
        if (random.nextInt(5) == 0) {
            purse.release(hold, "too late"); // a second end changes nothing
        }
    }

    private void release() {
        if (!held.isEmpty()) {
            Purse.Held hold = held.remove(random.nextInt(held.size()));
            purse.release(hold, "the client went away");
            released.add(hold.call().requestId());
        }
    }

    private void expire() {
        now += JournalledPurse.HOLD_MAX.toMillis() + 1;
        purse.expire();
        held.forEach(hold -> released.add(hold.call().requestId()));
        held.clear();
    }

    private void grant() {
        TenantId customer = customers.get(random.nextInt(CUSTOMERS));
        books.grant(customer, PRICE.nanos() * random.nextInt(1, 50));
        slices.refreshed(customer);
    }

    private void drain() {
        try {
            journal.drain();
        } catch (DatabaseAway _) {
            return; // again later
        }
    }

    private void runBackground() {
        Runnable task = background.poll();
        if (task != null) {
            task.run();
        }
    }

    /// The process dies and starts again.
    private void crash(boolean powerFails) {
        background.clear();
        held.clear();
        if (powerFails) {
            disk.powerFails(random);
        } else {
            disk.processDies();
        }
        disk.full(false);
        books.away = false;
        books.next = SimulatedBooks.Fault.NONE;
        slices = newSlices();
        journal = newJournal();
        journal.allocate();
        journal.flush();
        slices.giveBackAll();
        purse = newPurse();
    }

    /// Nobody spends what is not there; only what was settled is booked, as it was settled; released calls cost
    /// nothing.
    private void check() {
        books.wallets.forEach((pot, wallet) -> {
            assertThat(wallet.balance).as("balance").isNotNegative();
            assertThat(wallet.leased).as("leased").isBetween(0L, wallet.balance);
        });
        customers.forEach(customer -> sound(slices.look(customer)));
        funds.all().forEach(fund -> sound(slices.look(fund)));
        books.usage.values().stream().skip(checked).forEach(usage -> {
            funds.requireAsSettled(usage, Objects.requireNonNull(asked.get(usage.requestId())));
            assertThat(released).as("released calls").doesNotContain(usage.requestId());
            sums.merge(SimulatedBooks.pot(usage), SimulatedBooks.count(usage), Math::addExact);
        });
        checked = books.usage.size();
        books.wallets.forEach((pot, wallet) -> assertThat(wallet.balance)
                .as("balance is what was granted less what was booked and what has lapsed")
                .isEqualTo(wallet.granted - wallet.lapsed - sums.getOrDefault(pot, 0L)));
    }

    private static void sound(Slice.Look here) {
        assertThat(Math.min(here.free(), Math.min(here.held(), here.unbooked())))
                .as("slice")
                .isNotNegative();
    }

    /// All faults are over: the books must come to agree with everybody, and the last cent must be spendable, after a
    /// new start as well as without one.
    void finish() {
        if (random.nextBoolean() || !calmDown()) {
            crash(random.nextBoolean());
            assertThat(books.leases).isEmpty();
        }
        check();
        assertThat(books.usage.keySet()).as("no acknowledged call is lost").containsAll(acknowledged);
        funds.endAll(now);
        funds.lapse(slices, now);
        funds.requireNothingLeft();
        check();
        for (TenantId customer : customers) {
            spendAll(customer);
        }
        check();
    }

    /// @return false when the disk failed: then only a new start helps
    private boolean calmDown() {
        books.away = false;
        books.next = SimulatedBooks.Fault.NONE;
        disk.full(false);
        disk.failing(false);
        now += 1_000;
        while (!background.isEmpty()) {
            runBackground();
        }
        while (!held.isEmpty()) {
            release();
        }
        journal.allocate();
        journal.flush();
        journal.allocate();
        return journal.accepting();
    }

    private void spendAll(TenantId customer) {
        long affordable = books.wallet(customer).balance / PRICE.nanos();
        long answered = 0;
        for (long i = 0; i < affordable + 3; i++) {
            Ulid id = new Ulid(now << 16, ++calls);
            Call call = new Call(id, new Principal(customer, new Ulid(3, 3), "key"), "model", Quantities.units(1), now);
            CompletableFuture<Purse.Reservation> said = purse.reserve(call).toCompletableFuture();
            while (!background.isEmpty()) {
                runBackground();
            }
            if (said.join() instanceof Purse.Held hold) {
                held.add(hold);
                settle();
                answered++;
            }
            journal.write();
            journal.allocate();
        }
        journal.flush();
        assertThat(answered).as("exactly what the wallet affords").isEqualTo(affordable);
        assertThat(books.wallet(customer).balance).isZero();
    }

    private Slices newSlices() {
        InstantSource clock = () -> Instant.ofEpochMilli(now);
        return new Slices(new Slices.Stores(books, books), background::add, clock);
    }

    private SimulatedJournal newJournal() {
        Slices of = slices;
        SimulatedJournal made = new SimulatedJournal(disk, NODE, books, new Booking() {
            @Override
            public void book(Batch batch, JdbcClient tx) {
                throw new IllegalStateException("the simulated store books by itself");
            }

            @Override
            public void booked(List<Usage> drained) {
                of.booked(drained);
            }
        });
        made.allocate();
        return made;
    }

    private JournalledPurse newPurse() {
        Price price = new Price(
                new Ulid(4, 4),
                "model",
                "product",
                Map.of(Meter.UNIT, PRICE, Meter.INPUT, PRICE, Meter.OUTPUT, PRICE),
                Instant.EPOCH);
        return new JournalledPurse(
                new JournalledPurse.Terms(model -> Objects.equals(model, "model") ? price : null, funds::of),
                slices,
                journal,
                () -> Instant.ofEpochMilli(now));
    }
}
