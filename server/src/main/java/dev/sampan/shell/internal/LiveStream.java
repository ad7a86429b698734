package dev.sampan.shell.internal;

import dev.sampan.shell.LiveTopic;
import dev.sampan.shell.Viewer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// `/live?topics=run/01J…,key/01J…`: the page's one stream of server-sent events, on a virtual thread of its
/// own.
@Controller
final class LiveStream {
    private static final int TOPICS_MAX = 20;

    private final LiveHub hub;
    private final List<LiveTopic> families;

    LiveStream(LiveHub hub, List<LiveTopic> families) {
        this.hub = hub;
        this.families = families;
    }

    @GetMapping("/live")
    void listen(@RequestParam List<String> topics, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Viewer viewer = Pages.viewer(request);
        Set<String> wanted = new LinkedHashSet<>(topics);
        if (viewer == null || wanted.size() > TOPICS_MAX || !wanted.stream().allMatch(topic -> maySee(viewer, topic))) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // a proxy that gathers the stream would make it late
        response.flushBuffer();
        AsyncContext connection = request.startAsync();
        connection.setTimeout(0);
        LiveConnection live = new LiveConnection(request.getSession().getId(), wanted);
        Ending ending = new Ending(connection, live);
        connection.addListener(ending);
        hub.add(live);
        Thread.ofVirtual().name("live-" + RequestIds.of(request)).start(() -> serve(live, connection, ending));
    }

    private void serve(LiveConnection live, AsyncContext connection, Ending ending) {
        try {
            live.serve(connection.getResponse().getOutputStream());
        } catch (IOException _) {
            // the page has gone: nothing is lost, it reads its state anew when it comes back
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            hub.remove(live);
            ending.complete();
        }
    }

    /// The server's half of the end. It hears of a page that has gone, and must then complete the request
    /// before the container draws an error page into a stream that nobody reads.
    private static final class Ending implements AsyncListener {
        private final AsyncContext connection;
        private final LiveConnection live;
        private final AtomicBoolean completed = new AtomicBoolean();

        Ending(AsyncContext connection, LiveConnection live) {
            this.connection = connection;
            this.live = live;
        }

        void complete() {
            if (completed.compareAndSet(false, true)) {
                connection.complete();
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            completed.set(true);
            live.close();
        }

        @Override
        public void onError(AsyncEvent event) {
            live.close();
            complete();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            onError(event);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // a stream is started once
        }
    }

    private boolean maySee(Viewer viewer, String topic) {
        return families.stream()
                .filter(family -> topic.startsWith(family.prefix()))
                .anyMatch(family -> family.visible()
                        .test(viewer, topic.substring(family.prefix().length())));
    }
}
