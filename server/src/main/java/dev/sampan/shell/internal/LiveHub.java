package dev.sampan.shell.internal;

import dev.sampan.kernel.Json;
import dev.sampan.shell.LiveEvents;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Who listens to what. Publishing only puts into the listeners' queues; each connection's own virtual thread
/// writes.
@Component
final class LiveHub implements LiveEvents, SmartLifecycle, HttpSessionListener {
    /// A browser opens six connections to a site; two stay free for pages.
    static final int PER_SESSION = 4;

    private final Map<String, Set<LiveConnection>> byTopic = new ConcurrentHashMap<>();
    private final Map<String, Deque<LiveConnection>> bySession = new ConcurrentHashMap<>();
    private final AtomicBoolean running = new AtomicBoolean();

    @Override
    public void publish(String topic, String name, Object data) {
        Set<LiveConnection> listeners = byTopic.get(topic);
        if (listeners == null) {
            return;
        }
        LiveConnection.Event event = new LiveConnection.Event(topic, name, Json.write(data));
        listeners.forEach(listener -> listener.offer(event));
    }

    /// Registers the connection until [#remove]; the session's oldest one ends when there are too many.
    void add(LiveConnection connection) {
        for (String topic : connection.topics()) {
            byTopic.compute(topic, (_, known) -> {
                Set<LiveConnection> listeners = known == null ? ConcurrentHashMap.newKeySet() : known;
                listeners.add(connection);
                return listeners;
            });
        }
        bySession.compute(connection.session(), (_, known) -> {
            var open = known == null ? new ArrayDeque<LiveConnection>() : known;
            open.addLast(connection);
            while (open.size() > PER_SESSION) {
                open.removeFirst().close();
            }
            return open;
        });
    }

    void remove(LiveConnection connection) {
        for (String topic : connection.topics()) {
            byTopic.computeIfPresent(topic, (_, listeners) -> {
                listeners.remove(connection);
                return listeners.isEmpty() ? null : listeners;
            });
        }
        bySession.computeIfPresent(connection.session(), (_, open) -> {
            open.remove(connection);
            return open.isEmpty() ? null : open;
        });
    }

    int connections() {
        return bySession.values().stream().mapToInt(Deque::size).sum();
    }

    /// Signing out ends the session's streams too.
    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        closeSession(event.getSession().getId());
    }

    private void closeSession(String session) {
        bySession.computeIfPresent(session, (_, open) -> {
            open.forEach(LiveConnection::close);
            return null;
        });
    }

    @Override
    public void start() {
        running.set(true);
    }

    /// Runs before the web server stops, which would else wait for streams that never end.
    @Override
    public void stop() {
        running.set(false);
        Set.copyOf(bySession.keySet()).forEach(this::closeSession);
    }

    @Override
    public boolean isRunning() {
        return running.get();
    }
}
