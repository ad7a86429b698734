package dev.sampan.webhooks;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Ulid;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The team's endpoints and what was sent to them.
public interface Webhooks {
    /// @throws dev.sampan.kernel.ProblemException `webhooks.bad_address`, `webhooks.private_address`
    Added add(URI address, ActorId by);

    /// Nothing more is sent to it.
    void remove(Ulid endpoint);

    /// Those in use, newest first.
    List<Endpoint> endpoints();

    /// Newest first.
    List<Delivery> deliveries(int most);

    /// Sends a message once more, whether it was delivered, put aside or is still tried; its id stays.
    ///
    /// @throws dev.sampan.kernel.ProblemException `webhooks.delivery.not_found`
    void replay(Ulid message, Ulid endpoint);

    record Endpoint(Ulid id, URI address, Instant createdAt) {}

    /// @param secret `whsec_…`, shown this once
    record Added(Endpoint endpoint, String secret) {}

    /// @param type such as `payment.received`
    /// @param attempts so far
    /// @param nextAt when it is tried next, while it is pending
    /// @param lastAnswer status or fault of the last try
    record Delivery(
            Ulid message,
            Ulid endpoint,
            URI address,
            String type,
            Instant at,
            State state,
            int attempts,
            Instant nextAt,
            @Nullable String lastAnswer) {}

    /// How far it is.
    enum State {
        PENDING,
        DELIVERED,
        /// Tried for three days; sent again only on demand.
        DEAD
    }
}
