package dev.sampan.gateway.internal.supply;

import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.gateway.internal.tongue.Tongue;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.gateway.internal.wire.ProxiedRequest;
import dev.sampan.kernel.Money;
import dev.sampan.spec.SuppliersSpec.Aborted;
import dev.sampan.spec.SuppliersSpec.Route;
import dev.sampan.spec.SuppliersSpec.Supplier;
import dev.sampan.suppliers.Directory;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One call on its way through suppliers. Routes are tried in turn as long as the caller has seen nothing of an
/// answer; what a caller has begun to see is never started again elsewhere.
///
/// **Who pays.** A whole answer is charged as its supplier counts it. What a supplier breaks off costs the
/// caller nothing. When the caller goes away, the model's `on_abort` says what is charged.
final class Relay {
    private static final int ATTEMPTS_MAX = 4;
    private static final int LIKELY_PART = 4;

    /// The hold of a call lasts for 15 minutes; it must be settled before.
    private static final long CALL_MILLIS_MAX = Duration.ofMinutes(10).toMillis();

    private static final long DRAIN_MILLIS_MAX = Duration.ofSeconds(60).toMillis();

    private final Relays relays;
    private final ProxiedRequest asked;
    private final Caller caller;
    private final Directory directory;
    private final Iterator<Route> routes;
    private final long timer;
    private @Nullable ApiError unfit;
    private int attempts;
    private @Nullable Attempt current;
    private boolean visible;
    private boolean gone;
    private boolean draining;
    private boolean ended;

    Relay(Relays relays, ProxiedRequest asked, Caller caller) {
        this.relays = relays;
        this.asked = asked;
        this.caller = caller;
        this.directory = relays.directory();
        this.routes = fit(relays.health().order(asked.model(), asked.stream(), this::likely))
                .iterator();
        this.timer = vertx().setTimer(CALL_MILLIS_MAX, _ -> giveUp());
    }

    private Vertx vertx() {
        return caller.context().owner();
    }

    Relays relays() {
        return relays;
    }

    ProxiedRequest asked() {
        return asked;
    }

    Caller caller() {
        return caller;
    }

    Directory directory() {
        return directory;
    }

    /// A route that cannot be told all of the call is not asked. Where none can, the caller hears it before
    /// anybody else does.
    void start() {
        caller.whenGone(this::callerGone);
        if (!routes.hasNext()) {
            refuse(Objects.requireNonNull(unfit, "a model has routes"));
            return;
        }
        next();
    }

    private List<Route> fit(List<Route> all) {
        for (Route route : all) {
            ApiError cannot = unfit(route);
            if (cannot != null) {
                unfit = cannot;
                return all.stream().filter(one -> unfit(one) == null).toList();
            }
        }
        return all;
    }

    private @Nullable ApiError unfit(Route route) {
        Supplier supplier = Objects.requireNonNull(directory.supplier(route.supplier()));
        return Tongue.of(supplier.kind(), asked).unfit(asked);
    }

    /// The next route, when the caller has seen nothing yet.
    void next() {
        current = null;
        if (gone) {
            abandon();
        } else if (!routes.hasNext() || attempts == ATTEMPTS_MAX) {
            refuse(ApiError.overloaded("No supplier of the model answers at the moment."));
        } else {
            attempts++;
            Attempt attempt = new Attempt(this, take());
            current = attempt;
            attempt.start();
        }
    }

    /// One that another call is just trying out is passed over while there are others.
    private Route take() {
        Route route = routes.next();
        while (!relays.health().take(route) && routes.hasNext()) {
            route = routes.next();
        }
        return route;
    }

    /// What the call is likely to cost us: the prompt by its size, and a quarter of the longest answer.
    private @Nullable Money likely(Route route) {
        return Cost.of(route.cost(), answerOf(LIKELY_PART));
    }

    /// @param part of the longest answer
    private Quantities answerOf(int part) {
        return asked.use().tokens()
                ? asked.estimate((long) asked.outputMax() * asked.choices() / part)
                        .quantities()
                : asked.atLeast();
    }

    /// It was asked and nobody knows what it did: what that can have cost is written down, and the caller pays
    /// nothing of it.
    void uncertain(Route route) {
        Money cost = Cost.of(route.cost(), answerOf(1));
        if (cost != null) {
            caller.attempted(new Supply(route.supplier(), cost, Supply.Source.ESTIMATED));
        }
    }

    /// Something of an answer for the caller.
    ///
    /// @param type of the whole, for its head
    void show(byte[] frame, String type) {
        if (gone && !caller.remembers()) {
            return;
        }
        begin(type);
        caller.write(frame);
    }

    private void begin(String type) {
        if (!visible && (!gone || caller.remembers())) {
            visible = true;
            caller.begin(type);
        }
    }

    boolean visible() {
        return visible;
    }

    boolean gone() {
        return gone;
    }

    /// The answer is whole.
    ///
    /// @param counted by the supplier; null where it says nothing
    /// @param atLeast what it comes to then
    void answered(Route route, Caller.Rest rest, @Nullable Quantities counted, Quantities atLeast) {
        if (asked.stream()) {
            begin(rest.type());
        }
        Supply.Source source = counted == null ? Supply.Source.ESTIMATED : Supply.Source.PROVIDER;
        Quantities usage = counted == null ? atLeast : counted;
        finish(rest, usage, charged(usage), route, source);
    }

    /// The supplier broke off what the caller has begun to see.
    ///
    /// @param mine whether it was the caller who held everything up
    void broken(Attempt attempt, boolean mine) {
        ApiError error = new ApiError(
                502,
                mine
                        ? "The answer was not read in time. What you received of it is charged."
                        : "The supplier of the model broke off its answer. Nothing is charged.",
                "server_error",
                null,
                "upstream_cut",
                ApiError.Retry.BY_STATUS);
        Quantities relayed = attempt.relayed();
        Quantities used = mine || gone ? charged(relayed) : Quantities.NONE;
        Caller.Rest rest = new Caller.Rest(attempt.failed(error), Attempt.EVENTS);
        finish(rest, relayed, used, attempt.route(), Supply.Source.ESTIMATED);
    }

    private Quantities charged(Quantities usage) {
        return usage.within(asked.most());
    }

    private void finish(Caller.Rest rest, Quantities usage, Quantities used, Route route, Supply.Source source) {
        if (end()) {
            caller.finish(rest, used, new Supply(route.supplier(), Cost.of(route.cost(), usage), source));
        }
    }

    void refuse(ApiError error) {
        if (end()) {
            caller.refuse(error);
        }
    }

    private void abandon() {
        if (end()) {
            caller.abandon();
        }
    }

    private boolean end() {
        if (ended) {
            return false;
        }
        ended = true;
        vertx().cancelTimer(timer);
        if (draining) {
            relays.leaveDrain();
        }
        return true;
    }

    private void callerGone() {
        gone = true;
        Attempt attempt = current;
        if (ended || attempt == null) {
            return;
        }
        Aborted policy = asked.model().onAbort();
        if (policy == Aborted.DRAIN && relays.enterDrain()) {
            draining = true;
            attempt.goOn();
            vertx().setTimer(DRAIN_MILLIS_MAX, _ -> leave(attempt, Aborted.BILL_RELAYED));
        } else {
            leave(attempt, policy == Aborted.DRAIN ? Aborted.BILL_RELAYED : policy);
        }
    }

    private void leave(Attempt attempt, Aborted policy) {
        if (ended) {
            return;
        }
        attempt.stop();
        Quantities relayed = attempt.relayed();
        if (policy == Aborted.VOID || relayed.total() == 0) {
            abandon();
        } else {
            Caller.Rest nothing = new Caller.Rest(new byte[0], Attempt.EVENTS);
            finish(nothing, relayed, charged(relayed), attempt.route(), Supply.Source.ESTIMATED);
        }
    }

    private void giveUp() {
        Attempt attempt = current;
        if (ended || attempt == null) {
            return;
        }
        attempt.stop();
        if (visible) {
            broken(attempt, false);
        } else {
            uncertain(attempt.route());
            refuse(ApiError.overloaded("The supplier of the model took too long to answer."));
        }
    }
}
