package dev.sampan.gateway.internal.supply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Money;
import dev.sampan.spec.SuppliersSpec.Aborted;
import dev.sampan.spec.SuppliersSpec.Model;
import dev.sampan.spec.SuppliersSpec.Route;
import dev.sampan.spec.SuppliersSpec.Routing;
import dev.sampan.spec.SuppliersSpec.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// Routes under a clock of ours and seeded chance.
class HealthTests {
    private long now = 1_000_000;
    private final SplittableRandom random = new SplittableRandom(7);
    private final Health health = new Health(() -> Instant.ofEpochMilli(now), random::nextDouble);
    private final Route a = route("a", 0, 1, null);
    private final Route b = route("b", 1, 1, null);
    private final Route c = route("c", 1, 3, null);

    private static Route route(
            String supplier, int priority, int weight, @org.jspecify.annotations.Nullable Integer canary) {
        return new Route(supplier, "m", priority, weight, canary, null);
    }

    private static Model model(Routing routing, Route... routes) {
        return new Model("m", List.of(Use.CHAT), 1000, 100, Aborted.DRAIN, routing, null, List.of(routes), null);
    }

    private Map<String, Integer> first(Model model, int calls) {
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < calls; i++) {
            first.merge(health.order(model, true, _ -> null).getFirst().supplier(), 1, Integer::sum);
        }
        return first;
    }

    @Test
    void priorityGoesFirstAndWeightDrawsAmongEquals() {
        assertThat(first(model(Routing.PRIORITY, a, b, c), 200)).containsOnlyKeys("a");
        Map<String, Integer> drawn = first(model(Routing.PRIORITY, b, c), 2000);
        assertThat(drawn.get("c")).isBetween(1400, 1600);
        assertThat(first(model(Routing.WEIGHTED, a, b, c), 2000).get("c")).isBetween(1100, 1300);
    }

    @Test
    void theQuickestGoesFirstAndNowAndThenAnotherIsTried() {
        Model model = model(Routing.LATENCY, a, b);
        for (int i = 0; i < 10; i++) {
            measure(a, 200);
            measure(b, 50);
        }
        Map<String, Integer> first = first(model, 2000);
        assertThat(first.get("b")).isGreaterThan(1900);
        assertThat(first.get("a")).as("explored").isBetween(20, 100);
        for (int i = 0; i < 20; i++) {
            measure(b, 900);
        }
        assertThat(first(model, 2000).get("a")).as("the other became quicker").isGreaterThan(1900);
    }

    private void measure(Route route, long millis) {
        long asked = now;
        now += millis;
        health.began(route, true, asked);
    }

    @Test
    void theCheapestGoesFirstAndUnknownCostComesLast() {
        Map<Route, Money> costs = Map.of(a, Money.of("0.02", "CNY"), b, Money.of("0.01", "CNY"));
        assertThat(health.order(model(Routing.COST, c, a, b), false, costs::get))
                .containsExactly(b, a, c);
        Map<Route, Money> mixed = Map.of(a, Money.of("0.02", "CNY"), b, Money.of("0.01", "USD"));
        assertThat(health.order(model(Routing.COST, a, b), false, mixed::get))
                .as("currencies cannot be held against each other")
                .containsExactly(a, b);
    }

    @Test
    void aCanaryHasItsShareAndTheOthersComeToItLast() {
        Route canary = route("canary", 0, 1, 10);
        Model model = model(Routing.PRIORITY, a, canary, b);
        assertThat(first(model, 2000).get("canary")).isBetween(140, 260);
        assertThat(health.order(model(Routing.PRIORITY, a, route("none", 0, 1, 0)), false, _ -> null))
                .extracting(Route::supplier)
                .containsExactly("a", "none");
        fail(canary, 3);
        assertThat(first(model, 500)).as("one that fails is not tried").doesNotContainKey("canary");
    }

    private void fail(Route route, int times) {
        for (int i = 0; i < times; i++) {
            health.failed(route, false);
        }
    }

    @Test
    void whenThePauseIsOverOneCallAtATimeFindsOut() {
        Model model = model(Routing.PRIORITY, a, b);
        fail(a, 3);
        assertThat(health.order(model, false, _ -> null)).containsExactly(b, a);
        now += Duration.ofSeconds(10).toMillis();
        assertThat(health.order(model, false, _ -> null)).containsExactly(a, b);
        assertThat(health.take(a)).isTrue();
        assertThat(health.take(a)).isFalse();
        assertThat(health.order(model, false, _ -> null)).containsExactly(b, a);
        health.failed(a, true);
        now += Duration.ofSeconds(10).toMillis();
        assertThat(health.order(model, false, _ -> null))
                .as("twice as long now")
                .containsExactly(b, a);
        now += Duration.ofSeconds(10).toMillis();
        assertThat(health.take(a)).isTrue();
        health.answered(a);
        assertThat(health.take(a)).isTrue();
        assertThat(health.take(a)).as("closed: all may ask").isTrue();
        assertThat(health.state("m", a).uncertain()).isEqualTo(1);
    }

    @Test
    void aCallThatNeverComesBackDoesNotKeepTheRouteFromBeingTried() {
        fail(a, 3);
        now += Duration.ofSeconds(10).toMillis();
        assertThat(health.take(a)).isTrue();
        now += Duration.ofSeconds(60).toMillis();
        assertThat(health.take(a)).isTrue();
        health.left(a);
        assertThat(health.take(a)).isTrue();
    }

    /// Whatever happens, every route is in the order once, and those that are left alone are behind those that
    /// are not.
    @Property(tries = 200)
    void everyRouteIsThereOnceAndPausedOnesAreLast(@ForAll long seed, @ForAll Routing routing) {
        SplittableRandom chance = new SplittableRandom(seed);
        Health any = new Health(() -> Instant.ofEpochMilli(now), chance::nextDouble);
        List<Route> routes = List.of(a, b, c, route("d", 2, 0, null), route("e", 0, 1, chance.nextInt(0, 60)));
        Model model = new Model("m", List.of(Use.CHAT), 9, 9, Aborted.DRAIN, routing, null, routes, null);
        for (int i = 0; i < 60; i++) {
            Route route = routes.get(chance.nextInt(routes.size()));
            switch (chance.nextInt(4)) {
                case 0 -> any.answered(route);
                case 1 -> any.failed(route, chance.nextBoolean());
                case 2 -> any.refused(route, Duration.ofSeconds(chance.nextInt(1, 60)));
                default -> now += chance.nextInt(20_000);
            }
            List<Route> order = any.order(model, chance.nextBoolean(), _ -> null);
            assertThat(order).containsExactlyInAnyOrderElementsOf(routes);
            List<Boolean> alone = order.stream()
                    .map(one -> any.state("m", one).pausedUntil() != null)
                    .toList();
            assertThat(alone).isSorted();
        }
    }
}
