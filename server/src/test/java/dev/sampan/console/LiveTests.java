package dev.sampan.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.console.sample.SampleHarbour;
import dev.sampan.console.sample.SampleStudio;
import dev.sampan.shell.LiveEvents;
import dev.sampan.shell.internal.LiveHubProbe;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/// The one stream of a page.
class LiveTests {
    private ConfigurableApplicationContext harbour;
    private int port;

    @BeforeEach
    void open() {
        harbour = SampleHarbour.open(0);
        port = Integer.parseInt(harbour.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @AfterEach
    void close() {
        harbour.close();
    }

    @Test
    void eventsOfTheTopicArriveInOrderAndThenTheWordThatSomethingChanged() throws Exception {
        try (InputStream in = listen(Visitor.signedIn(port), "run/" + SampleStudio.RUNNING)) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            assertThat(next(lines, "event: ")).isEqualTo("event: changed");
            for (int i = 0; i < 3; i++) {
                events().publish("run/" + SampleStudio.RUNNING, "epoch", Map.of("epoch", i));
                events().publish("run/" + SampleStudio.DONE, "epoch", Map.of("epoch", 99));
            }
            assertThat(next(lines, "data: {")).isEqualTo("data: {\"epoch\":0}");
            assertThat(next(lines, "data: {")).isEqualTo("data: {\"epoch\":1}");
            assertThat(next(lines, "data: {")).isEqualTo("data: {\"epoch\":2}");
            assertThat(next(lines, "event: ")).isEqualTo("event: changed");
        }
    }

    @Test
    void topicsOfNoFamilyAndOfOthersAreRefused() throws Exception {
        Visitor visitor = Visitor.signedIn(port);
        assertThat(visitor.get("/live?topics=secrets/1").statusCode()).isEqualTo(403);
        assertThat(visitor.get("/live?topics=run/01ARZ3NDEKTSV4RRFFQ69G5FAV").statusCode())
                .isEqualTo(403);
        assertThat(visitor.get("/live?topics=run/nonsense").statusCode()).isEqualTo(403);
        assertThat(new Visitor(port)
                        .get("/live?topics=run/" + SampleStudio.RUNNING)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void fiftyConnectionsThatCameAndWentLeaveNothingBehind() throws Exception {
        List<InputStream> streams = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            streams.add(listen(Visitor.signedIn(port), "run/" + SampleStudio.RUNNING));
        }
        until(() -> LiveHubProbe.connections(harbour) == 50);
        for (InputStream stream : streams) {
            stream.close();
        }
        until(() -> {
            events().publish("run/" + SampleStudio.RUNNING, "epoch", Map.of());
            return LiveHubProbe.connections(harbour) == 0;
        });
    }

    @Test
    void aSessionsOldestStreamsEndWhenItOpensTooMany() throws Exception {
        Visitor visitor = Visitor.signedIn(port);
        List<InputStream> streams = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            streams.add(listen(visitor, "run/" + SampleStudio.RUNNING));
        }
        until(() -> LiveHubProbe.connections(harbour) <= 4);
        BufferedReader first = new BufferedReader(new InputStreamReader(streams.getFirst(), StandardCharsets.UTF_8));
        assertThat(next(first, "event: closed")).isEqualTo("event: closed");
        assertThat(first.readLine()).isEqualTo("data: {}");
    }

    @Test
    void signingOutEndsTheSessionsStreams() throws Exception {
        Visitor visitor = Visitor.signedIn(port);
        listen(visitor, "run/" + SampleStudio.RUNNING);
        until(() -> LiveHubProbe.connections(harbour) == 1);
        visitor.post("/", "/sign-out", "");
        until(() -> LiveHubProbe.connections(harbour) == 0);
    }

    @Test
    void thePlatformStopsWithoutWaitingForOpenStreams() throws Exception {
        listen(Visitor.signedIn(port), "run/" + SampleStudio.RUNNING);
        until(() -> LiveHubProbe.connections(harbour) == 1);
        Instant begun = Instant.now();
        harbour.close();
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(8));
    }

    private LiveEvents events() {
        return harbour.getBean(LiveEvents.class);
    }

    private InputStream listen(Visitor visitor, String topic) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/live?topics=" + topic));
        var answer = visitor.http().send(request.build(), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return answer.body();
    }

    private static String next(BufferedReader lines, String start) throws Exception {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
        }
        return "the end";
    }

    private static void until(BooleanSupplier holds) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(10);
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now()).as("waited for ten seconds").isBefore(end);
            Thread.sleep(50);
        }
    }
}
