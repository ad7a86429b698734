package dev.sampan.billing.internal;

import dev.sampan.billing.Fund;
import dev.sampan.billing.Price;
import dev.sampan.gateway.Call;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.CallJournal;
import dev.sampan.metering.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Money at the door: the price from memory, the hold from a [Slice] of the first fund that has enough or of the
/// wallet, what happened onto the journal.
///
/// A hold ends once: whoever takes it out of `open` settles or releases it, everybody else finds it ended.
final class JournalledPurse implements Purse {
    /// No call runs longer, so whoever should have ended such a hold is gone.
    static final Duration HOLD_MAX = Duration.ofMinutes(15);

    private static final Refused NOT_WRITABLE =
            new Refused(Reason.UNAVAILABLE, "Calls cannot be written down at the moment");
    private static final Refused EXHAUSTED =
            new Refused(Reason.CREDIT_EXHAUSTED, "The credit balance does not cover this call");
    private static final Refused SUSPENDED =
            new Refused(Reason.NOT_ACTIVE, "An invoice is overdue, so calls are refused until it is paid");

    private final Terms terms;
    private final Slices slices;
    private final CallJournal journal;
    private final InstantSource clock;
    private final Map<Ulid, Open> open = new ConcurrentHashMap<>();

    /// What a call goes by, from memory.
    ///
    /// @param prices of a public model name
    /// @param funds of a customer, in the order of use
    /// @param standing whose account is in order
    record Terms(Function<String, @Nullable Price> prices, Function<TenantId, List<Fund>> funds, Standing standing) {
        Terms(Function<String, @Nullable Price> prices, Function<TenantId, List<Fund>> funds) {
            this(prices, funds, _ -> false);
        }
    }

    /// A hold, and the price it was made at: what is charged later goes by that one.
    ///
    /// @param count held of the slice
    /// @param fund the slice is of; null for the wallet's
    private record Open(
            Held held,
            Price price,
            Slice slice,
            long count,
            @Nullable Fund fund) {
        /// How much of the slice such a charge takes.
        long taken(Quantities used, Money price) {
            return fund == null ? price.nanos() : fund.unit().taken(used, price);
        }
    }

    JournalledPurse(Terms terms, Slices slices, CallJournal journal, InstantSource clock) {
        this.terms = terms;
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
        if (terms.standing.suspended(call.principal().tenant())) {
            return CompletableFuture.completedFuture(SUSPENDED);
        }
        Price price = terms.prices.apply(call.model());
        if (price == null) {
            return CompletableFuture.completedFuture(
                    new Refused(Reason.NO_PRICE, "The model '" + call.model() + "' has no price"));
        }
        if (call.most().total() < 1) {
            throw new IllegalArgumentException("a call that can use nothing");
        }
        Held hold = new Held(call, price.dearest(price.counted(call.most())), price.version());
        List<Fund> funds = terms.funds.apply(call.principal().tenant());
        return funds.isEmpty() || hold.amount().nanos() == 0
                ? fromWallet(hold, price)
                : fromFunds(hold, price, funds.iterator());
    }

    /// The first fund that covers the call and has enough; the wallet when none has.
    private CompletionStage<Reservation> fromFunds(Held hold, Price price, Iterator<Fund> funds) {
        Instant now = clock.instant();
        while (funds.hasNext()) {
            Fund fund = funds.next();
            long count = fund.covers(hold.call().model(), now)
                    ? fund.unit().held(hold.call().most(), hold.amount())
                    : 0;
            if (count == 0) {
                continue;
            }
            Slice slice = slices.of(fund);
            String unit = fund.unit().code();
            if (slice.tryTake(count, unit)) {
                return CompletableFuture.completedFuture(noted(new Open(hold, price, slice, count, fund)));
            }
            return slice.take(count, unit).thenCompose(taken -> switch (taken) {
                case YES -> CompletableFuture.completedFuture(noted(new Open(hold, price, slice, count, fund)));
                case UNAVAILABLE -> CompletableFuture.completedFuture(NOT_WRITABLE);
                case EXHAUSTED, OTHER_CURRENCY -> fromFunds(hold, price, funds);
            });
        }
        return fromWallet(hold, price);
    }

    private CompletionStage<Reservation> fromWallet(Held hold, Price price) {
        Slice slice = slices.of(hold.call().principal().tenant());
        long nanos = hold.amount().nanos();
        String currency = hold.amount().currency().getCurrencyCode();
        if (nanos == 0 || slice.tryTake(nanos, currency)) {
            return CompletableFuture.completedFuture(noted(new Open(hold, price, slice, nanos, null)));
        }
        return slice.take(nanos, currency).thenApply(taken -> switch (taken) {
            case YES -> noted(new Open(hold, price, slice, nanos, null));
            case EXHAUSTED -> EXHAUSTED;
            case UNAVAILABLE -> NOT_WRITABLE;
            case OTHER_CURRENCY ->
                new Refused(
                        Reason.NO_PRICE,
                        "The model '" + hold.call().model() + "' is priced in " + currency
                                + ", this customer's wallet holds another currency");
        });
    }

    private Reservation noted(Open made) {
        Held hold = made.held;
        Call call = hold.call();
        if (!journal.hold(call.requestId(), call.principal().tenant(), hold.amount())) {
            made.slice.release(made.count);
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
        Money price = ended.price.of(counted);
        long taken = ended.taken(counted, price);
        ended.slice.settle(ended.count, taken);
        boolean money = ended.fund == null || ended.fund.unit().money();
        Charge charge = new Charge(call.requestId(), counted, money ? price : Money.zero(price.currency()));
        return journal.settle(usage(ended, charge, taken, supply)).thenApply(_ -> charge);
    }

    /// Takes the hold out, for the first who asks.
    private @Nullable Open ended(Held hold) {
        Open found = open.get(hold.call().requestId());
        return found != null && found.held == hold && open.remove(hold.call().requestId(), found) ? found : null;
    }

    private static Usage usage(Open ended, Charge charge, long taken, @Nullable Supply supply) {
        Call call = ended.held.call();
        Fund fund = ended.fund;
        return new Usage(
                call.requestId(),
                call.principal().tenant(),
                call.principal().keyId(),
                call.model(),
                charge.used(),
                charge.amount(),
                ended.held.priceVersion(),
                ended.price.tier(charge.used().prompt()).fromPrompt(),
                supply,
                fund == null ? null : new Usage.Drawn(fund.id(), taken),
                Instant.ofEpochMilli(call.receivedAtMillis()));
    }

    @Override
    public void release(Held hold, String reason) {
        Open ended = ended(hold);
        if (ended != null) {
            ended.slice.release(ended.count);
            journal.release(hold.call().requestId(), reason);
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
