package dev.sampan.gateway.internal;

import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.kernel.TenantId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// How many calls may run at once, on this installation and of one customer, and how many bytes of their bodies
/// may be in memory.
final class Limits {
    private final int all;
    private final int ofOne;
    private final long bodyBytesMax;
    private volatile boolean closed;
    private final AtomicLong bodyBytes = new AtomicLong();
    private final AtomicInteger running = new AtomicInteger();
    private final Map<TenantId, AtomicInteger> byTenant = new ConcurrentHashMap<>();

    /// @param bodyBytesMax of all calls together
    Limits(int all, int ofOne, long bodyBytesMax) {
        this.all = all;
        this.ofOne = ofOne;
        this.bodyBytesMax = bodyBytesMax;
    }

    /// @return why the call may not come in; null when it is in, and [#leave] must follow
    @Nullable
    ApiError enter(TenantId tenant) {
        if (closed) {
            return ApiError.overloaded("The server is being stopped.");
        }
        if (!enter(running, all)) {
            return ApiError.overloaded("More calls are running than this server takes at once.");
        }
        if (!enter(byTenant.computeIfAbsent(tenant, _ -> new AtomicInteger()), ofOne)) {
            running.decrementAndGet();
            return ApiError.tooManyAtOnce(ofOne);
        }
        return null;
    }

    void leave(TenantId tenant) {
        AtomicInteger ofTenant = byTenant.get(tenant);
        if (ofTenant == null || ofTenant.decrementAndGet() < 0 || running.decrementAndGet() < 0) {
            throw new IllegalStateException("a call left that had not come in");
        }
    }

    /// @return false when so many bytes more find no room; [#freeBody] must follow otherwise
    boolean takeBody(long bytes) {
        if (bodyBytes.addAndGet(bytes) <= bodyBytesMax) {
            return true;
        }
        bodyBytes.addAndGet(-bytes);
        return false;
    }

    void freeBody(long bytes) {
        if (bodyBytes.addAndGet(-bytes) < 0) {
            throw new IllegalStateException("more of bodies was freed than was taken");
        }
    }

    /// Nobody comes in any more.
    void close() {
        closed = true;
    }

    int running() {
        return running.get();
    }

    private static boolean enter(AtomicInteger count, int limit) {
        if (count.incrementAndGet() <= limit) {
            return true;
        }
        count.decrementAndGet();
        return false;
    }
}
