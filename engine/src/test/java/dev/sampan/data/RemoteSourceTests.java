package dev.sampan.data;

import static dev.sampan.data.DataFixture.aSpec;
import static dev.sampan.data.DataFixture.all;
import static dev.sampan.data.DataFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sampan.kernel.Progress;
import dev.sampan.kernel.Sha256;
import dev.sampan.spec.SourceSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files fetched over HTTP.
class RemoteSourceTests {
    private static final String CSV = "text,label\nfirst,x\nsecond,y\n";

    @TempDir
    Path folder;

    private HttpServer server;
    private int made;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/data.csv", exchange -> answer(exchange, 200, CSV));
        server.createContext("/locked.csv", exchange -> {
            String expected =
                    "Basic " + Base64.getEncoder().encodeToString("me:secret".getBytes(StandardCharsets.UTF_8));
            boolean known = expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, known ? 200 : 401, CSV);
        });
        server.createContext("/moved.csv", exchange -> {
            exchange.getResponseHeaders().set("Location", "/data.csv");
            answer(exchange, 302, "");
        });
        server.createContext("/round.csv", exchange -> {
            exchange.getResponseHeaders().set("Location", "/round.csv");
            answer(exchange, 302, "");
        });
        server.createContext("/file.csv", exchange -> {
            exchange.getResponseHeaders().set("Location", "file:///etc/passwd");
            answer(exchange, 302, "");
        });
        server.createContext("/short.csv", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(CSV.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.createContext("/vast.csv", exchange -> {
            exchange.sendResponseHeaders(200, Long.MAX_VALUE / 2);
            exchange.getResponseBody().write('t');
            exchange.getResponseBody().flush();
        });
        server.createContext("/silent.csv", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().flush();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("ETag", "\"v1\"");
        exchange.sendResponseHeaders(status, exchange.getRequestMethod().equals("HEAD") ? -1 : bytes.length);
        if (!exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
    }

    private Dataset prepare(DataFixture spec) {
        return Datasets.prepare(spec.in(folder), folder.resolve("out" + made++), Progress.NONE);
    }

    @Test
    void fetchesAFileAndKeepsWhereItCameFromWithoutTheSignature() {
        Dataset dataset = prepare(aSpec(url("data.csv?X-Amz-Signature=abc")));

        assertThat(all(dataset, Split.TRAIN))
                .extracting(Row::origin)
                .containsExactly("data.csv line 2", "data.csv line 3");
        Provenance.SourceFile source = dataset.provenance().sources().getFirst();
        assertThat(source.url()).isEqualTo(url("data.csv"));
        assertThat(source.etag()).isEqualTo("\"v1\"");
        assertThat(source.sha256()).isEqualTo(Sha256.of(CSV));
    }

    @Test
    void followsRedirectsAndSendsTheUsersName() {
        assertThat(prepare(aSpec(url("moved.csv"))).count(Split.TRAIN)).isEqualTo(2);
        String locked = url("locked.csv").replace("//", "//me:secret@");
        Dataset dataset = prepare(aSpec(locked));
        assertThat(dataset.provenance().sources().getFirst().url()).isEqualTo(url("locked.csv"));
        assertThat(problem(() -> prepare(aSpec(url("locked.csv")))).line()).contains("401: it wants credentials");
    }

    @Test
    void aTransferThatGoesWrongLeavesNothingBehind() throws IOException {
        assertThat(problem(() -> prepare(aSpec(url("round.csv")))).line()).contains("more than 5 times");
        assertThat(problem(() -> prepare(aSpec(url("file.csv")))).line()).contains("neither http nor https");
        assertThat(problem(() -> prepare(aSpec(url("none.csv")))).line()).contains("404: there is nothing");
        assertThat(problem(() -> prepare(aSpec(url("short.csv")))).code()).isEqualTo("data.fetch");
        assertThat(problem(() -> prepare(aSpec(url("vast.csv")))).code()).isEqualTo("data.disk_full");
        assertThat(problem(() -> prepare(aSpec("http://169.254.169.254/latest/meta-data")))
                        .line())
                .contains("own link");
        assertThat(problem(() -> prepare(aSpec("http://127.0.0.1:1/a.csv"))).code())
                .isEqualTo("data.fetch");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aSilentServerCanBeLeft() {
        Progress cancelled = new Progress() {
            @Override
            public void at(String step, long done, long total, String note) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> Datasets.prepare(aSpec(url("silent.csv")).in(folder), folder.resolve("o"), cancelled))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void aFetchedFileIsHeldAgainstItsChecksum() {
        SourceSpec right =
                new SourceSpec(null, true, List.of(), List.of(), null, "sha256:" + Sha256.of(CSV), "CC0-1.0");
        SourceSpec wrong = new SourceSpec(null, true, List.of(), List.of(), null, "sha256:" + Sha256.of(""), null);

        assertThat(prepare(aSpec(url("data.csv")).source(right)).count(Split.TRAIN))
                .isEqualTo(2);
        assertThat(problem(() -> prepare(aSpec(url("data.csv")).source(wrong))).code())
                .isEqualTo("data.checksum");
    }

    @Test
    void aChangedFileHasAnotherFingerprint() {
        String before = Datasets.fingerprints(aSpec(url("data.csv")).in(folder), Progress.NONE)
                .getFirst();

        assertThat(before).isEqualTo(url("data.csv") + " \"v1\"");
    }
}
