package dev.sampan.gateway.internal;

import io.vertx.core.http.HttpConnection;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Every connection has a time by which something must have happened, whatever trickles in until then: a byte
/// now and then keeps no place. One look a second over all of them costs less than a timer for each call.
final class Connections {
    private static final long FIRST_REQUEST_MILLIS = 15_000;
    private static final long IDLE_MILLIS = 75_000;

    private final Map<HttpConnection, Connection> open = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final int max;

    Connections(InstantSource clock, int max) {
        this.clock = clock;
        this.max = max;
    }

    private record Deadline(long millis, Runnable otherwise) {}

    /// What is expected of one connection next.
    final class Connection {
        private final HttpConnection connection;
        private volatile @Nullable Deadline deadline;

        private Connection(HttpConnection connection) {
            this.connection = connection;
        }

        void by(long millis, Runnable otherwise) {
            deadline = new Deadline(millis, otherwise);
        }

        /// Nothing is expected of the client: the wait is ours.
        void ours() {
            deadline = null;
        }

        /// The next request is awaited.
        void idle() {
            by(clock.millis() + IDLE_MILLIS, this::close);
        }

        private void close() {
            connection.close();
        }

        private void look(long now) {
            Deadline set = deadline;
            if (set != null && now >= set.millis) {
                by(now + IDLE_MILLIS, this::close);
                set.otherwise.run();
            }
        }
    }

    void opened(HttpConnection connection) {
        if (open.size() >= max) {
            connection.close();
            return;
        }
        Connection made = new Connection(connection);
        made.by(clock.millis() + FIRST_REQUEST_MILLIS, made::close);
        open.put(connection, made);
        connection.closeHandler(_ -> open.remove(connection));
    }

    Connection of(HttpConnection connection) {
        Connection known = open.get(connection);
        return known == null ? new Connection(connection) : known;
    }

    void look() {
        long now = clock.millis();
        open.values().forEach(connection -> connection.look(now));
    }

    int count() {
        return open.size();
    }
}
