package dev.sampan.gateway.internal.supply;

import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import io.vertx.core.Context;
import org.jspecify.annotations.Nullable;

/// Who waits for an answer, as a [Relay] sees it. Everything happens on one event loop, the caller's.
public interface Caller {
    Ulid id();

    TenantId tenant();

    /// An answer that was kept will not do: `cache-control: no-cache`.
    boolean wantsNew();

    Context context();

    /// What follows was kept from an earlier call. Before [#begin] and the ends.
    void recalled();

    /// The head of a stream leaves. Once, before [#write].
    ///
    /// @param type its `content-type`
    void begin(String type);

    void write(byte[] frame);

    /// What is written is kept for whoever asks again, so it is written though nobody waits any more.
    default boolean remembers() {
        return false;
    }

    /// The caller reads more slowly than the supplier writes.
    boolean full();

    /// `then` happens, once, when it no longer is [#full].
    void whenDrained(Runnable then);

    /// `then` happens, once, when nobody waits any more; until then, and after, the call goes on to one of the
    /// three ends.
    void whenGone(Runnable then);

    /// An end: what was used is charged, and when that is durable `rest` leaves as the last of the answer.
    void finish(Rest rest, Quantities used, Supply supply);

    /// The last of an answer, or all of it.
    ///
    /// @param bytes null: the connection is cut, so that nobody takes what came before for the whole
    /// @param type `content-type` of an answer in one piece
    record Rest(byte @Nullable [] bytes, String type) {}

    /// A supplier was asked in vain and may count it: a row of its own, for which nobody pays.
    void attempted(Supply supply);

    /// An end: nothing is charged.
    void refuse(ApiError error);

    /// An end: nobody waits any more and nothing is charged.
    void abandon();
}
