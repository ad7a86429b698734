package dev.sampan.limits.internal;

import dev.sampan.kernel.Money;
import dev.sampan.limits.Levels;
import dev.sampan.limits.Limiter.Admission;
import dev.sampan.limits.Limiter.Refused;
import dev.sampan.limits.internal.Desk.Counted;
import dev.sampan.spec.LimitsSpec.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What one call has taken of each of its limits.
final class Taken implements Admission {
    private final Desk desk;
    private final Desk house;
    private final List<Counted> counted;
    private final Supplier<Moment> clock;
    private final List<Ticket> tickets = new ArrayList<>(4);
    private boolean settled;
    private boolean left;

    private record Ticket(
            Counted counted, long taken, @Nullable Object place) {
        Measure measure() {
            return counted.rule().limit().measure();
        }

        void settle(long used) {
            counted.counter().settle(place, taken, used);
        }
    }

    /// @param counted those that apply to the call
    Taken(Desk desk, Desk house, List<Counted> counted, Supplier<Moment> clock) {
        this.desk = desk;
        this.house = house;
        this.counted = counted;
        this.clock = clock;
    }

    /// The lock of the desk is held.
    void take(Counted from, long many, Moment now) {
        tickets.add(new Ticket(from, many, from.counter().take(many, from.limit(), now)));
    }

    @Override
    public @Nullable Refused spend(Money most) {
        synchronized (desk) {
            synchronized (house) {
                Moment now = clock.get();
                List<Counted> asked = new ArrayList<>();
                for (Counted one : counted) {
                    if (most.currency().equals(one.rule().limit().currency())) {
                        long wait = one.counter().wait(most.nanos(), one.limit(), now);
                        if (wait > 0) {
                            return Refusals.of(one, wait, most.nanos(), Tight.of(counted, now));
                        }
                        asked.add(one);
                    }
                }
                asked.forEach(one -> take(one, most.nanos(), now));
                return null;
            }
        }
    }

    @Override
    public void settle(long tokens, Money charge) {
        end(ticket -> switch (ticket.measure()) {
            case REQUESTS -> ticket.taken;
            case TOKENS -> tokens;
            case SPEND -> charge.nanos();
            case CONCURRENT -> 0;
        });
    }

    @Override
    public void refund() {
        end(ticket ->
                ticket.counted.counter() instanceof Bucket && ticket.measure() == Measure.REQUESTS ? ticket.taken : 0);
    }

    private void end(ToLongFunction<Ticket> used) {
        synchronized (desk) {
            synchronized (house) {
                if (settled) {
                    return;
                }
                settled = true;
                for (Ticket ticket : tickets) {
                    if (ticket.measure() != Measure.CONCURRENT) {
                        ticket.settle(used.applyAsLong(ticket));
                    }
                }
                close();
            }
        }
    }

    @Override
    public void leave() {
        synchronized (desk) {
            synchronized (house) {
                if (left) {
                    return;
                }
                left = true;
                for (Ticket ticket : tickets) {
                    if (ticket.measure() == Measure.CONCURRENT) {
                        ticket.settle(0);
                    }
                }
                close();
            }
        }
    }

    private void close() {
        if (settled && left) {
            desk.left();
            house.left();
        }
    }

    @Override
    public Levels levels() {
        synchronized (desk) {
            synchronized (house) {
                return Tight.of(counted, clock.get());
            }
        }
    }
}
