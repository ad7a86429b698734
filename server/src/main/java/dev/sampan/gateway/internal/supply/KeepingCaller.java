package dev.sampan.gateway.internal.supply;

import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import io.vertx.core.Context;
import java.io.ByteArrayOutputStream;
import java.util.function.BiConsumer;

/// Hands everything on, and the whole answer to whoever keeps it. What was broken off, estimated or not seen to
/// its end is not kept.
final class KeepingCaller implements Caller {
    private final Caller caller;
    private final BiConsumer<byte[], String> keep;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private boolean lost;

    KeepingCaller(Caller caller, BiConsumer<byte[], String> keep) {
        this.caller = caller;
        this.keep = keep;
    }

    @Override
    public void write(byte[] frame) {
        if (!lost) {
            answer.writeBytes(frame);
            lose(answer.size() > AnswerCache.ANSWER_BYTES_MAX);
        }
        caller.write(frame);
    }

    private void lose(boolean now) {
        if (now) {
            lost = true;
            answer.reset();
        }
    }

    @Override
    public void whenGone(Runnable then) {
        caller.whenGone(() -> {
            lose(true);
            then.run();
        });
    }

    @Override
    public void finish(Rest rest, Quantities used, Supply supply) {
        byte[] last = rest.bytes();
        if (!lost && last != null && supply.source() == Supply.Source.PROVIDER) {
            answer.writeBytes(last);
            keep.accept(answer.toByteArray(), rest.type());
        }
        caller.finish(rest, used, supply);
    }

    @Override
    public Ulid id() {
        return caller.id();
    }

    @Override
    public TenantId tenant() {
        return caller.tenant();
    }

    @Override
    public boolean wantsNew() {
        return caller.wantsNew();
    }

    @Override
    public Context context() {
        return caller.context();
    }

    @Override
    public void begin(String type) {
        caller.begin(type);
    }

    @Override
    public void recalled() {
        caller.recalled();
    }

    @Override
    public boolean full() {
        return caller.full();
    }

    @Override
    public void whenDrained(Runnable then) {
        caller.whenDrained(then);
    }

    @Override
    public void attempted(Supply supply) {
        caller.attempted(supply);
    }

    @Override
    public void refuse(ApiError error) {
        caller.refuse(error);
    }

    @Override
    public void abandon() {
        caller.abandon();
    }
}
