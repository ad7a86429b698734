package dev.sampan.billing.internal;

import dev.sampan.database.DatabaseAway;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One wallet's money on this installation, or what is here of one fund. All of it is `free`, `held` by a running
/// call, or `unbooked`: charged, but not in the database's books yet; together they are what the database has
/// leased to us.
///
/// Whoever finds enough free takes it at once. Who does not waits for one lease that is fetched for all who
/// wait; only when the pot has nothing more is a call refused. A slice that runs low is refilled before it
/// is dry.
final class Slice {
    /// How long a wallet found empty is taken for empty, so that a customer without credit costs no query for
    /// each call. A grant on this installation ends it at once.
    private static final long EMPTY_MILLIS = 200;

    /// The same for a fund, to which nothing is ever added: what comes is given back by others.
    private static final long FUND_EMPTY_MILLIS = 2_000;

    /// A share is worth leasing when so many calls like the present one fit.
    private static final int WORTH_CALLS = 16;

    private final Pot pot;
    private final LeaseStore store;
    private final Executor background;
    private final InstantSource clock;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable String unit;
    private long free;
    private long held;
    private long unbooked;
    private long version;
    private boolean unsure;
    private long returning;
    private boolean used;
    private boolean leasing;
    private long lowWater;
    private long emptyUntil = Long.MIN_VALUE;

    Slice(Pot pot, LeaseStore store, Executor background, InstantSource clock) {
        this.pot = pot;
        this.store = store;
        this.background = background;
        this.clock = clock;
    }

    /// What became of a wish for money.
    enum Taken {
        YES,
        /// The wallet or fund has nothing more to hand out.
        EXHAUSTED,
        /// The wallet holds another currency than the price.
        OTHER_CURRENCY,
        UNAVAILABLE
    }

    private record Waiting(long count, String unit, CompletableFuture<Taken> answer) {}

    record Look(long free, long held, long unbooked) {}

    /// Holds `count` of the unit if that much is free here.
    synchronized boolean tryTake(long count, String ofUnit) {
        if (!ofUnit.equals(unit) || free < count) {
            return false;
        }
        free -= count;
        held += count;
        used = true;
        if (free < lowWater && !leasing) {
            leasing = true;
            background.execute(() -> refill(count));
        }
        return true;
    }

    /// Holds `count` of the unit as soon as it is leased. Never blocks.
    CompletableFuture<Taken> take(long count, String ofUnit) {
        CompletableFuture<Taken> answer = new CompletableFuture<>();
        synchronized (this) {
            if (clock.millis() < emptyUntil) {
                return CompletableFuture.completedFuture(Taken.EXHAUSTED);
            }
            waiting.add(new Waiting(count, ofUnit, answer));
            if (!leasing) {
                leasing = true;
                background.execute(() -> refill(count));
            }
        }
        return answer;
    }

    synchronized void settle(long heldNanos, long chargedNanos) {
        require(chargedNanos >= 0 && chargedNanos <= heldNanos, "charged " + chargedNanos + " of " + heldNanos);
        held -= heldNanos;
        unbooked += chargedNanos;
        free += heldNanos - chargedNanos;
        require(held >= 0, "settled more than was held");
    }

    synchronized void release(long heldNanos) {
        held -= heldNanos;
        free += heldNanos;
        require(held >= 0, "released more than was held");
    }

    /// The database's books have it: neither lease nor slice holds it any more.
    synchronized void booked(long nanos) {
        unbooked -= nanos;
        require(unbooked >= 0, "booked more than was charged");
    }

    /// There may be money again.
    synchronized void refreshed() {
        emptyUntil = Long.MIN_VALUE;
    }

    synchronized Look look() {
        return new Look(free + returning, held, unbooked);
    }

    /// Whether anybody took something since this was last asked.
    synchronized boolean used() {
        boolean before = used;
        used = false;
        return before;
    }

    /// Puts what is free here back into the pot; what is held or not booked yet stays leased. Blocks until the
    /// database has it, or is away: then it is found out before the next lease whether it has.
    ///
    /// @return false when another move of this slice is under way
    boolean comeHome() {
        synchronized (this) {
            if (leasing) {
                return false;
            }
            leasing = true;
        }
        try {
            if (unsure) {
                findLastMove();
            }
            long going = takeOut();
            if (going > 0) {
                returned(store.giveBack(pot, version, going));
            }
        } catch (DatabaseAway _) {
            unsure = true;
        } finally {
            goOn();
        }
        return true;
    }

    private synchronized long takeOut() {
        returning = free;
        free = 0;
        return returning;
    }

    private synchronized void returned(boolean moved) {
        unsure = !moved;
        if (moved) {
            version++;
            returning = 0;
        }
    }

    /// Who came to wait meanwhile is served.
    private synchronized void goOn() {
        Waiting first = waiting.peek();
        if (first == null) {
            leasing = false;
        } else {
            background.execute(() -> refill(first.count));
        }
    }

    /// Leases until nobody waits or the wallet is empty.
    private void refill(long callNanos) {
        try {
            boolean tried = false;
            while (true) {
                long need = serve(null, tried);
                if (need == 0 && tried) {
                    return;
                }
                if (unsure) {
                    findLastMove();
                }
                LeaseStore.Grant grant = store.take(pot, version, need, Math.multiplyExact(callNanos, WORTH_CALLS));
                tried = true;
                unsure = grant == null;
                if (grant != null && serve(grant, true) == 0) {
                    return;
                }
            }
        } catch (DatabaseAway e) {
            unsure = true;
            giveUp();
        } catch (RuntimeException e) {
            unsure = true;
            giveUp();
            throw e;
        }
    }

    private void findLastMove() {
        LeaseStore.Move last = store.last(pot);
        synchronized (this) {
            require(last.version() == version || last.version() == version + 1, "lost track of the lease");
            if (last.version() == version + 1) {
                version++;
                free += last.granted();
            }
            free += returning; // what was given back by the last move is in its `granted`, below 0
            returning = 0;
            unsure = false;
        }
    }

    /// Takes in what was granted and answers who can be answered.
    ///
    /// @param mayEnd whether leasing ends when nobody waits any more
    /// @return how many nanos are missing for those who still wait
    private long serve(LeaseStore.@Nullable Grant grant, boolean mayEnd) {
        Deque<Runnable> answers = new ArrayDeque<>();
        long missing;
        synchronized (this) {
            if (grant != null) {
                takeIn(grant);
            }
            missing = answerAll(answers, grant != null && grant.rest() == 0);
            if (missing == 0 && mayEnd) {
                leasing = false;
            }
        }
        answers.forEach(Runnable::run);
        return missing;
    }

    private void takeIn(LeaseStore.Grant grant) {
        if (grant.granted() > 0) {
            version++;
            free += grant.granted();
        }
        unit = grant.unit() == null ? unit : grant.unit();
        lowWater = grant.rest() == 0 ? 0 : grant.granted() / 4;
        if (grant.rest() == 0) {
            emptyUntil = clock.millis() + (pot.fund() == null ? EMPTY_MILLIS : FUND_EMPTY_MILLIS);
        }
    }

    private long answerAll(Deque<Runnable> answers, boolean last) {
        long missing = 0;
        for (int left = waiting.size(); left > 0; left--) {
            Waiting one = waiting.remove();
            Taken taken = answerOf(one, last);
            if (taken == null) {
                missing = Math.addExact(missing, one.count);
                waiting.add(one);
            } else {
                answers.add(() -> one.answer.complete(taken));
            }
        }
        return missing == 0 ? 0 : Math.max(1, missing - free);
    }

    private @Nullable Taken answerOf(Waiting one, boolean last) {
        if (unit != null && !one.unit.equals(unit)) {
            return Taken.OTHER_CURRENCY;
        }
        if (unit != null && free >= one.count) {
            free -= one.count;
            held += one.count;
            return Taken.YES;
        }
        return last ? Taken.EXHAUSTED : null;
    }

    private void giveUp() {
        Waiting[] all;
        synchronized (this) {
            all = waiting.toArray(Waiting[]::new);
            waiting.clear();
            leasing = false;
        }
        for (Waiting one : all) {
            one.answer.complete(Taken.UNAVAILABLE);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("the books of a slice are wrong: " + otherwise);
        }
    }
}
