package dev.sampan.gateway.internal.supply;

import dev.sampan.gateway.Routing;
import dev.sampan.kernel.Money;
import dev.sampan.spec.SuppliersSpec.Model;
import dev.sampan.spec.SuppliersSpec.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How the routes fare, and in which order they are asked. A route that failed is left alone for a while, by
/// the kind of its failure; when the while is over one call at a time finds out whether it answers again. One
/// that is left alone is still asked when no other is left, since a refusal helps nobody.
public final class Health implements Routing {
    /// Of calls that are routed by latency, so many find out how another route fares.
    private static final double EXPLORED = 0.05;

    private final InstantSource clock;
    private final DoubleSupplier random;
    private final Map<Key, RouteHealth> states = new ConcurrentHashMap<>();

    /// @param random 0 (inclusive) to 1, from any thread
    public Health(InstantSource clock, DoubleSupplier random) {
        this.clock = clock;
        this.random = random;
    }

    private record Key(String supplier, String model) {}

    private RouteHealth of(Route route) {
        return states.computeIfAbsent(new Key(route.supplier(), route.model()), _ -> new RouteHealth());
    }

    /// What decides about a route, drawn once for a call.
    ///
    /// @param idle of weight 0: only when the others fail
    /// @param lot the least of exponential lots is a draw by weight (Efraimidis and Spirakis 2006)
    private record Drawn(Route route, boolean paused, boolean idle, double lot, double millis) {}

    /// All routes in the order in which they are asked, those that are left alone last.
    ///
    /// @param stream whether an answer in pieces is asked for, which begins sooner
    /// @param cost what the call is likely to cost us there; null where unknown
    List<Route> order(Model model, boolean stream, Function<Route, @Nullable Money> cost) {
        long now = clock.millis();
        List<Drawn> drawn = new ArrayList<>();
        for (Route route : model.routes()) {
            double lot = route.weight() == 0
                    ? Double.POSITIVE_INFINITY
                    : -Math.log1p(-random.getAsDouble()) / route.weight();
            RouteHealth health = of(route);
            drawn.add(new Drawn(route, health.alone(now), route.weight() == 0, lot, health.millis(stream)));
        }
        Route canary = canary(model);
        Comparator<Drawn> order = Comparator.comparing(Drawn::paused)
                .thenComparing(one -> one.route == canary ? 0 : one.route.canary() == null ? 1 : 2);
        return drawn.stream()
                .sorted(order.thenComparing(by(model, cost)).thenComparing(Drawn::lot))
                .map(Drawn::route)
                .toList();
    }

    /// The route that this call tries out; null for most calls.
    private @Nullable Route canary(Model model) {
        double lot = -1;
        double below = 0;
        for (Route route : model.routes()) {
            if (route.canary() != null) {
                lot = lot < 0 ? random.getAsDouble() * 100 : lot;
                below += route.canary();
                if (lot < below) {
                    return route;
                }
            }
        }
        return null;
    }

    private Comparator<Drawn> by(Model model, Function<Route, @Nullable Money> cost) {
        return switch (model.routing()) {
            case PRIORITY -> Comparator.comparing(one -> one.route.priority());
            case WEIGHTED -> Comparator.comparing(Drawn::idle);
            case LATENCY -> {
                boolean explores = random.getAsDouble() < EXPLORED;
                yield Comparator.comparing(Drawn::idle).thenComparing(one -> explores ? 0 : one.millis);
            }
            case COST -> Comparator.comparing(Drawn::idle).thenComparing(cheapest(model, cost));
        };
    }

    /// Amounts of another currency than the first known one cannot be held against it: as unknown ones they
    /// come last.
    private static Comparator<Drawn> cheapest(Model model, Function<Route, @Nullable Money> cost) {
        Map<Route, Long> nanos = new IdentityHashMap<>();
        Currency currency = null;
        for (Route route : model.routes()) {
            Money money = cost.apply(route);
            if (money != null && (currency == null || currency.equals(money.currency()))) {
                currency = money.currency();
                nanos.put(route, money.nanos());
            }
        }
        return Comparator.comparing(one -> nanos.getOrDefault(one.route, Long.MAX_VALUE));
    }

    /// Whether this call may ask the route now; not when another call is finding out whether it answers again.
    boolean take(Route route) {
        return of(route).take(clock.millis());
    }

    /// The call that asked it goes without an answer to tell of.
    void left(Route route) {
        of(route).left();
    }

    long now() {
        return clock.millis();
    }

    /// It began to answer.
    ///
    /// @param askedAt when it was asked
    void began(Route route, boolean stream, long askedAt) {
        of(route).began(stream, Math.max(0, clock.millis() - askedAt));
    }

    void answered(Route route) {
        of(route).answered();
    }

    /// It did not answer, or broke off. Alone for a moment after some of these in a row, each time for longer.
    ///
    /// @param uncertain it may have done its work, and count it
    void failed(Route route, boolean uncertain) {
        of(route).failed(clock.millis(), uncertain);
    }

    /// It does not want to be asked for so long: over its limits, or the account is not in order.
    void refused(Route route, Duration pause) {
        of(route).refused(clock.millis(), pause);
    }

    @Override
    public RouteState state(String publicModel, Route route) {
        RouteHealth health = of(route);
        synchronized (health) {
            Instant until = health.pausedUntil > clock.millis() ? Instant.ofEpochMilli(health.pausedUntil) : null;
            return new RouteState(
                    publicModel,
                    route.supplier(),
                    route.model(),
                    until,
                    health.calls,
                    health.failures,
                    health.uncertain,
                    Math.round(health.millis(true)));
        }
    }
}
