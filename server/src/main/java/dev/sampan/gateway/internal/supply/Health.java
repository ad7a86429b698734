package dev.sampan.gateway.internal.supply;

import dev.sampan.gateway.Routing;
import dev.sampan.spec.SuppliersSpec.Model;
import dev.sampan.spec.SuppliersSpec.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/// How the routes fare, and in which order they are asked. A route that failed is left alone for a while, by
/// the kind of its failure; one that is left alone is still asked when no other is left, since a refusal helps
/// nobody.
public final class Health implements Routing {
    /// So many failures in a row open the circuit.
    private static final int FAILURES = 3;

    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final DoubleSupplier random;
    private final Map<Key, State> states = new ConcurrentHashMap<>();

    /// @param random 0 (inclusive) to 1, from any thread
    public Health(InstantSource clock, DoubleSupplier random) {
        this.clock = clock;
        this.random = random;
    }

    private record Key(String supplier, String model) {}

    private static final class State {
        private long pausedUntil;
        private int inARow;
        private long calls;
        private long failures;
    }

    private State of(Route route) {
        return states.computeIfAbsent(new Key(route.supplier(), route.model()), _ -> new State());
    }

    /// All routes: by priority, at random by weight among equals, those that are left alone last.
    List<Route> order(Model model) {
        long now = clock.millis();
        record Drawn(Route route, boolean paused, double lot) {}
        List<Drawn> drawn = new ArrayList<>();
        for (Route route : model.routes()) {
            // Efraimidis and Spirakis 2006: the least of exponential lots is a draw by weight
            double lot = route.weight() == 0
                    ? Double.POSITIVE_INFINITY
                    : -Math.log1p(-random.getAsDouble()) / route.weight();
            drawn.add(new Drawn(route, paused(route, now), lot));
        }
        return drawn.stream()
                .sorted(Comparator.comparing(Drawn::paused)
                        .thenComparing(one -> one.route.priority())
                        .thenComparing(Drawn::lot))
                .map(Drawn::route)
                .toList();
    }

    private boolean paused(Route route, long now) {
        State state = of(route);
        synchronized (state) {
            return state.pausedUntil > now;
        }
    }

    void answered(Route route) {
        State state = of(route);
        synchronized (state) {
            state.calls++;
            state.inARow = 0;
            state.pausedUntil = 0;
        }
    }

    /// It did not answer, or broke off. Alone for a moment after some of these in a row, each time for longer.
    void failed(Route route) {
        State state = of(route);
        synchronized (state) {
            state.calls++;
            state.failures++;
            state.inARow++;
            if (state.inARow >= FAILURES) {
                long pause = SHORT.toMillis() << Math.min(5, state.inARow - FAILURES);
                state.pausedUntil = clock.millis() + Math.min(pause, LONGEST.toMillis());
            }
        }
    }

    /// It does not want to be asked for so long: over its limits, or the account is not in order.
    void refused(Route route, Duration pause) {
        State state = of(route);
        synchronized (state) {
            state.calls++;
            state.failures++;
            state.inARow++;
            state.pausedUntil = clock.millis() + Math.min(pause.toMillis(), LONGEST.toMillis());
        }
    }

    @Override
    public RouteState state(String publicModel, Route route) {
        State state = of(route);
        synchronized (state) {
            Instant until = state.pausedUntil > clock.millis() ? Instant.ofEpochMilli(state.pausedUntil) : null;
            return new RouteState(publicModel, route.supplier(), route.model(), until, state.calls, state.failures);
        }
    }
}
