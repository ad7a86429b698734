package dev.sampan.gateway.internal;

import dev.sampan.gateway.Call;
import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Ulid;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Remembers what became of each hold.
final class FakePurse implements Purse {
    private static final Quantities ATTEMPT = Quantities.NONE.with(Meter.REQUEST, 1);
    private static final Money PRICE = Money.of("0.002", "CNY");

    final Set<Ulid> held = ConcurrentHashMap.newKeySet();
    final Map<Ulid, Long> settled = new ConcurrentHashMap<>();
    final Map<Ulid, String> released = new ConcurrentHashMap<>();
    final AtomicInteger asked = new AtomicInteger();
    final List<Quantities> holds = new CopyOnWriteArrayList<>();
    final List<Charged> charges = new CopyOnWriteArrayList<>();
    /// Attempts in vain that may cost something: a call each, and nothing else.
    final List<Charged> attempts = new CopyOnWriteArrayList<>();

    volatile @Nullable Refused refusal;
    volatile boolean diskFails;
    volatile CompletableFuture<Boolean> force = CompletableFuture.completedFuture(true);

    /// @param given what the charge says of a supplier
    record Charged(Quantities used, @Nullable Supply given) {
        Supply supply() {
            return Objects.requireNonNull(given, "no supplier");
        }
    }

    @Override
    public @Nullable String closed() {
        return diskFails ? "the disk failed" : null;
    }

    @Override
    public CompletionStage<Reservation> reserve(Call call) {
        if (call.most().total() < 1) {
            throw new IllegalArgumentException("a call that can use nothing");
        }
        if (call.most().equals(ATTEMPT)) {
            return CompletableFuture.completedFuture(new Held(call, PRICE.times(0), new Ulid(4, 4)));
        }
        asked.incrementAndGet();
        Refused refused = refusal;
        if (refused != null) {
            return CompletableFuture.completedFuture(refused);
        }
        held.add(call.requestId());
        holds.add(call.most());
        return CompletableFuture.completedFuture(
                new Held(call, PRICE.times(call.most().total()), new Ulid(4, 4)));
    }

    @Override
    public CompletionStage<Charge> settle(Held hold, Quantities used, @Nullable Supply supply) {
        if (hold.call().most().equals(ATTEMPT)) {
            attempts.add(new Charged(used, supply));
            return CompletableFuture.completedFuture(new Charge(hold.call().requestId(), used, PRICE.times(0)));
        }
        held.remove(hold.call().requestId());
        if (diskFails) {
            return CompletableFuture.failedFuture(new IOException("Input/output error"));
        }
        charges.add(new Charged(used, supply));
        settled.put(hold.call().requestId(), used.total());
        Charge charge = new Charge(hold.call().requestId(), used, PRICE.times(used.total()));
        return force.thenApply(_ -> charge);
    }

    @Override
    public void release(Held hold, String reason) {
        held.remove(hold.call().requestId());
        released.put(hold.call().requestId(), reason);
    }
}
