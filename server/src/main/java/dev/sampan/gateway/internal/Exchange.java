package dev.sampan.gateway.internal;

import dev.sampan.accounts.Principal;
import dev.sampan.gateway.Once;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.gateway.internal.supply.Caller;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.gateway.internal.wire.Asked;
import dev.sampan.gateway.internal.wire.Events;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.Ulid;
import dev.sampan.limits.Limiter;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One call on its way through the steps. Everything but [#later] and [#ended] happens on the request's own
/// event loop.
///
/// However it ends, it ends once: a hold that was not settled is released, its place is left, and at most one
/// answer is written.
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final HttpServerRequest request;
    private final Context context;
    private final Replies replies;
    private final Connections.Connection connection;
    private final List<Step> steps;
    private final Ulid id;
    private final Endpoint endpoint;
    private String model;
    private final long receivedAtMillis;
    private int at;
    private volatile boolean ended;
    private @Nullable Limits entered;
    private long bodyBytes;
    private Purse.@Nullable Held held;
    private @Nullable Purse purse;
    private Caller.@Nullable Rest answer;
    private Quantities used = Quantities.NONE;
    private @Nullable Supply supply;
    private Purse.@Nullable Charge charge;

    /// Set by [Identify].
    @Nullable
    Principal principal;

    /// Set by [Admit] where the call has an `Idempotency-Key`.
    @Nullable
    Sha256 bodyHash;

    /// Set by [Recall] where the call has an `Idempotency-Key`.
    @Nullable
    Repeat repeat;

    private @Nullable Asked asked;
    private Limiter.Admission allowed = Limiter.Admission.FREE;
    private boolean settling;
    private boolean streaming;
    private @Nullable Runnable whenGone;
    private @Nullable Runnable atEnd;

    /// What surrounds a request.
    record Surroundings(Context context, Replies replies, Connections.Connection connection, List<Step> steps) {}

    Exchange(HttpServerRequest request, Surroundings around, Endpoint endpoint, Ulid id) {
        this.request = request;
        this.context = around.context;
        this.replies = around.replies;
        this.connection = around.connection;
        this.steps = around.steps;
        this.endpoint = endpoint;
        this.model = endpoint.modelIn(request.path());
        this.id = id;
        this.receivedAtMillis = id.epochMillis();
        request.response().closeHandler(_ -> clientGone());
        request.exceptionHandler(_ -> clientGone());
    }

    HttpServerRequest request() {
        return request;
    }

    Ulid id() {
        return id;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /// Empty before [#asks] where the body names it.
    String model() {
        return model;
    }

    Context context() {
        return context;
    }

    /// Happens once, when the call has ended in whatever way.
    void atEnd(Runnable then) {
        atEnd = then;
        if (ended) {
            then.run();
        }
    }

    void asks(String wanted, Asked what) {
        model = wanted;
        asked = what;
    }

    long receivedAtMillis() {
        return receivedAtMillis;
    }

    Principal principal() {
        return Objects.requireNonNull(principal, "identified first");
    }

    Asked asked() {
        return Objects.requireNonNull(asked, "admitted first");
    }

    Quantities used() {
        return used;
    }

    /// Null when a model of our own answered.
    @Nullable
    Supply supply() {
        return supply;
    }

    boolean ended() {
        return ended;
    }

    /// Goes on with the next step.
    void next() {
        if (ended) {
            return;
        }
        try {
            steps.get(at++).take(this);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /// Goes on back on the event loop.
    void later(Runnable then) {
        try {
            context.runOnContext(_ -> then.run());
        } catch (RejectedExecutionException _) {
            LOG.debug("The door is closed; the purse frees what call {} holds", id);
        }
    }

    @Nullable
    ApiError enter(Limits limits) {
        ApiError error = limits.enter(principal().tenant());
        entered = error == null ? limits : null;
        return error;
    }

    /// Whether there is room in memory for so many bytes more of the body; it is given back with the end.
    boolean keep(long bytes) {
        if (ended || entered == null || !entered.takeBody(bytes)) {
            return false;
        }
        bodyBytes += bytes;
        return true;
    }

    /// Unless another step says otherwise, `error` is the answer at that time.
    void by(long millis, ApiError error) {
        connection.by(millis, () -> later(() -> refuse(error)));
    }

    /// Money that came after the end goes back at once.
    void hold(Purse.Held hold, Purse from) {
        held = hold;
        purse = from;
        if (ended) {
            giveBack("the client had gone");
        }
    }

    void answer(Caller.Rest rest, Quantities used, @Nullable Supply from) {
        this.answer = rest;
        this.used = used;
        this.supply = from;
    }

    Purse.Held held() {
        return Objects.requireNonNull(held, "reserved first");
    }

    /// What was allowed after the end goes back at once.
    void allowed(Limiter.Admission admission) {
        allowed = admission;
        if (ended) {
            admission.refund();
            admission.leave();
        }
    }

    Limiter.Admission allowance() {
        return allowed;
    }

    /// From here on the hold is the settlement's, and no time limit may answer before it is known what became
    /// of it.
    Purse.Held settling() {
        Purse.Held settled = Objects.requireNonNull(held, "reserved first");
        held = null;
        settling = true;
        connection.ours();
        return settled;
    }

    void charged(Purse.Charge made) {
        charge = made;
        allowed.settle(made.used().tokens(), made.amount());
    }

    /// The settlement came to nothing.
    void uncharged() {
        allowed.refund();
        if (repeat != null) {
            repeat.free();
        }
    }

    boolean chargedNothing() {
        return charge == null || charge.used().total() == 0;
    }

    String chargeText() {
        return charge == null ? "" : charge.amount().toString();
    }

    Caller.Rest rest() {
        return Objects.requireNonNull(answer, "run first");
    }

    /// The answer of the same call before.
    void replay(Once.Answered before) {
        if (end()) {
            replies.again(request, id, before);
        }
    }

    void send() {
        Caller.Rest rest = Objects.requireNonNull(answer, "run first");
        if (end()) {
            byte[] body = rest.bytes();
            if (body == null) {
                cut();
            } else if (streaming) {
                replies.streamed(request, id, body);
            } else {
                replies.rates(request, allowed.levels(), endpoint.dialect());
                replies.success(request, id, rest.type(), body, charge);
            }
        }
    }

    /// Nobody must take what was written for the whole.
    private void cut() {
        request.connection().close();
        replies.gone();
    }

    /// The wait is ours: no time limit of the connection ends it.
    void ours() {
        connection.ours();
    }

    /// The head of an answer in pieces leaves; its charge is not known yet.
    void begin(String type) {
        streaming = true;
        if (repeat != null) {
            repeat.begin(type);
        }
        replies.rates(request, allowed.levels(), endpoint.dialect());
        replies.begin(request, id, type);
    }

    void write(byte[] piece) {
        if (repeat != null) {
            repeat.piece(piece);
        }
        if (!request.response().closed()) {
            request.response().write(Buffer.buffer(piece));
        }
    }

    /// What happens instead of an end when the client goes away before the settlement.
    void whenGone(Runnable then) {
        whenGone = then;
    }

    /// Nobody waits any more, and nothing is charged.
    void abandon() {
        if (end()) {
            giveBack("the client went away");
            replies.gone();
        }
    }

    /// A limit has no room.
    void refuse(Limiter.Refused refused) {
        if (!ended) {
            replies.rates(request, refused.levels(), endpoint.dialect());
        }
        refuse(ApiError.of(refused));
    }

    void refuse(ApiError error) {
        if (end()) {
            giveBack(error.code() == null ? "refused" : error.code());
            byte[] last = streaming ? Events.orCut(error, endpoint.dialect()) : null;
            if (last != null) {
                replies.streamed(request, id, last);
            } else if (streaming) {
                cut();
            } else {
                replies.rates(request, allowed.levels(), endpoint.dialect());
                replies.error(request, id, error, endpoint.dialect());
            }
        }
    }

    void fail(@Nullable Throwable fault) {
        if (!ended) {
            LOG.error("The call {} failed", id, fault);
        }
        refuse(ApiError.internal());
    }

    /// Before settlement nothing is charged; after it the charge stands (docs/decisions/0002).
    private void clientGone() {
        Runnable then = whenGone;
        whenGone = () -> {}; // a connection may tell it twice
        if (then == null) {
            abandon();
        } else {
            then.run();
        }
    }

    private boolean end() {
        if (ended) {
            return false;
        }
        ended = true;
        connection.idle();
        if (atEnd != null) {
            atEnd.run();
        }
        if (entered != null) {
            entered.freeBody(bodyBytes);
            entered.leave(principal().tenant());
        }
        allowed.leave();
        if (!settling) {
            uncharged();
        }
        return true;
    }

    private void giveBack(String reason) {
        if (held != null && purse != null) {
            purse.release(held, reason);
            held = null;
        }
    }
}
