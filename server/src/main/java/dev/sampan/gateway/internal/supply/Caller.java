package dev.sampan.gateway.internal.supply;

import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.kernel.Ulid;
import io.vertx.core.Context;

/// Who waits for an answer, as a [Relay] sees it. Everything happens on one event loop, the caller's.
public interface Caller {
    Ulid id();

    Context context();

    /// The head of a stream leaves. Once, before [#write].
    void begin();

    void write(byte[] frame);

    /// The caller reads more slowly than the supplier writes.
    boolean full();

    /// `then` happens, once, when it no longer is [#full].
    void whenDrained(Runnable then);

    /// `then` happens, once, when nobody waits any more; until then, and after, the call goes on to one of the
    /// three ends.
    void whenGone(Runnable then);

    /// An end: what was used is charged, and when that is durable `rest` leaves as the last of the answer.
    void finish(byte[] rest, Quantities used, Supply supply);

    /// An end: nothing is charged.
    void refuse(ApiError error);

    /// An end: nobody waits any more and nothing is charged.
    void abandon();
}
