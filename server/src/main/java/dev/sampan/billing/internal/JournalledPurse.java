package dev.sampan.billing.internal;

import dev.sampan.billing.Price;
import dev.sampan.gateway.Call;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.CallJournal;
import dev.sampan.metering.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Money at the door: the price from memory, the hold from a [Slice], what happened onto the journal.
///
/// A hold ends once: whoever takes it out of `open` settles or releases it, everybody else finds it ended.
final class JournalledPurse implements Purse {
    /// No call runs longer, so whoever should have ended such a hold is gone.
    static final Duration HOLD_MAX = Duration.ofMinutes(15);

    private static final Refused NOT_WRITABLE =
            new Refused(Reason.UNAVAILABLE, "Calls cannot be written down at the moment");
    private static final Refused EXHAUSTED =
            new Refused(Reason.CREDIT_EXHAUSTED, "The credit balance does not cover this call");

    private final Function<String, @Nullable Price> prices;
    private final Slices slices;
    private final CallJournal journal;
    private final InstantSource clock;
    private final Map<Ulid, Open> open = new ConcurrentHashMap<>();

    /// A hold, and the price it was made at: what is charged later goes by that one.
    private record Open(Held held, Price price) {}

    /// @param prices the price of a public model name, from memory
    JournalledPurse(Function<String, @Nullable Price> prices, Slices slices, CallJournal journal, InstantSource clock) {
        this.prices = prices;
        this.slices = slices;
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    public @Nullable String closed() {
        return journal.accepting() ? null : journal.state();
    }

    @Override
    public CompletionStage<Reservation> reserve(Call call) {
        Price price = prices.apply(call.model());
        if (price == null) {
            return CompletableFuture.completedFuture(
                    new Refused(Reason.NO_PRICE, "The model '" + call.model() + "' has no price"));
        }
        if (call.most().total() < 1) {
            throw new IllegalArgumentException("a call that can use nothing");
        }
        Held hold = new Held(call, price.dearest(price.counted(call.most())), price.version());
        Slice slice = slices.of(call.principal().tenant());
        if (hold.amount().nanos() == 0 || slice.tryTake(hold.amount())) {
            return CompletableFuture.completedFuture(noted(new Open(hold, price), slice));
        }
        return slice.take(hold.amount()).thenApply(taken -> switch (taken) {
            case YES -> noted(new Open(hold, price), slice);
            case EXHAUSTED -> EXHAUSTED;
            case UNAVAILABLE -> NOT_WRITABLE;
            case OTHER_CURRENCY ->
                new Refused(
                        Reason.NO_PRICE,
                        "The model '" + call.model() + "' is priced in "
                                + hold.amount().currency().getCurrencyCode()
                                + ", this customer's wallet holds another currency");
        });
    }

    private Reservation noted(Open made, Slice slice) {
        Held hold = made.held;
        Call call = hold.call();
        if (!journal.hold(call.requestId(), call.principal().tenant(), hold.amount())) {
            slice.release(hold.amount().nanos());
            return NOT_WRITABLE;
        }
        if (open.putIfAbsent(call.requestId(), made) != null) {
            throw new IllegalStateException("two calls with the request id " + call.requestId());
        }
        return hold;
    }

    @Override
    public CompletionStage<Charge> settle(Held hold, Quantities used, @Nullable Supply supply) {
        Call call = hold.call();
        if (!used.fits(call.most())) {
            throw new IllegalArgumentException("settled " + used + " of a hold for " + call.most());
        }
        Open ended = ended(hold);
        if (ended == null) {
            throw new IllegalStateException("the call " + call.requestId() + " has ended already");
        }
        Quantities counted = ended.price.counted(used);
        Price.Tier tier = ended.price.tier(counted.prompt());
        Charge charge = new Charge(call.requestId(), counted, ended.price.of(counted));
        slices.of(call.principal().tenant())
                .settle(hold.amount().nanos(), charge.amount().nanos());
        return journal.settle(usage(hold, charge, tier.fromPrompt(), supply)).thenApply(_ -> charge);
    }

    /// Takes the hold out, for the first who asks.
    private @Nullable Open ended(Held hold) {
        Open found = open.get(hold.call().requestId());
        return found != null && found.held == hold && open.remove(hold.call().requestId(), found) ? found : null;
    }

    private static Usage usage(Held hold, Charge charge, long fromPrompt, @Nullable Supply supply) {
        Call call = hold.call();
        return new Usage(
                call.requestId(),
                call.principal().tenant(),
                call.principal().keyId(),
                call.model(),
                charge.used(),
                charge.amount(),
                hold.priceVersion(),
                fromPrompt,
                supply,
                null,
                Instant.ofEpochMilli(call.receivedAtMillis()));
    }

    @Override
    public void release(Held hold, String reason) {
        Call call = hold.call();
        if (ended(hold) != null) {
            slices.of(call.principal().tenant()).release(hold.amount().nanos());
            journal.release(call.requestId(), reason);
        }
    }

    /// Frees holds nobody ended.
    void expire() {
        long oldest = clock.millis() - HOLD_MAX.toMillis();
        open.values().stream()
                .map(Open::held)
                .filter(hold -> hold.call().receivedAtMillis() < oldest)
                .forEach(hold -> release(hold, "expired"));
    }

    /// After the last call: whatever is still held is free.
    void releaseAll(String reason) {
        open.values().forEach(made -> release(made.held, reason));
    }
}
