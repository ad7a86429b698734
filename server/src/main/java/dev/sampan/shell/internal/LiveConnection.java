package dev.sampan.shell.internal;

import dev.sampan.kernel.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// One page's stream. Events wait in a bounded queue; a batch leaves at most four times a second, followed by
/// one event
/// `changed` with its topics. A comment every fifteen seconds keeps proxies awake and finds listeners that have
/// gone.
final class LiveConnection {
    static final int QUEUE_MAX = 200;
    private static final long BATCH_MILLIS = 250;
    private static final long HEARTBEAT_MILLIS = 15_000;
    private static final int RECONNECT_MILLIS = 2_000;

    private final String session;
    private final Set<String> topics;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stirred = lock.newCondition();
    private final ArrayDeque<Event> queue = new ArrayDeque<>();
    private boolean closed;

    LiveConnection(String session, Set<String> topics) {
        this.session = session;
        this.topics = Set.copyOf(topics);
    }

    /// @param data JSON on one line
    record Event(String topic, String name, String data) {}

    String session() {
        return session;
    }

    Set<String> topics() {
        return topics;
    }

    /// Never blocks: the oldest event goes when the page is too slow to take them.
    void offer(Event event) {
        lock.lock();
        try {
            if (queue.size() == QUEUE_MAX) {
                queue.removeFirst();
            }
            queue.addLast(event);
            stirred.signal();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            stirred.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Writes until the page goes or the connection is closed. Begins with `changed`: what happened while the
    /// page was away is read from the database.
    ///
    /// @throws IOException the page has gone
    void serve(OutputStream out) throws IOException, InterruptedException {
        write(out, "retry: " + RECONNECT_MILLIS + "\n" + changed(topics));
        while (true) {
            List<Event> batch = next();
            if (isClosed()) {
                write(out, "event: closed\ndata: {}\n\n");
                return;
            }
            write(out, batch.isEmpty() ? ": still here\n\n" : text(batch));
            Thread.sleep(BATCH_MILLIS);
        }
    }

    /// Waits for events; empty when it is time for a sign of life.
    private List<Event> next() throws InterruptedException {
        lock.lock();
        try {
            long nanosLeft = TimeUnit.MILLISECONDS.toNanos(HEARTBEAT_MILLIS);
            while (queue.isEmpty() && !closed && nanosLeft > 0) {
                nanosLeft = stirred.awaitNanos(nanosLeft);
            }
            List<Event> batch = new ArrayList<>(queue);
            queue.clear();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private static String text(List<Event> batch) {
        StringBuilder text = new StringBuilder();
        Set<String> touched = new LinkedHashSet<>();
        for (Event event : batch) {
            text.append("event: ")
                    .append(event.name())
                    .append("\ndata: ")
                    .append(event.data())
                    .append("\n\n");
            touched.add(event.topic());
        }
        return text.append(changed(touched)).toString();
    }

    private static String changed(Set<String> topics) {
        return "event: changed\ndata: " + Json.write(topics) + "\n\n";
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
