package dev.sampan.gateway;

import dev.sampan.spec.SuppliersSpec.Route;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How suppliers fare on this node.
public interface Routing {
    RouteState state(String publicModel, Route route);

    /// @param pausedUntil until when it is left alone; null while it is asked
    /// @param calls answered and failed since the start of this node
    /// @param uncertain failures after which the supplier may have done its work, and may count it
    /// @param beginMillis how long it takes to begin a stream, in the mean of the last ones; 0 where not known
    record RouteState(
            String publicModel,
            String supplier,
            String model,
            @Nullable Instant pausedUntil,
            long calls,
            long failures,
            long uncertain,
            long beginMillis) {}
}
