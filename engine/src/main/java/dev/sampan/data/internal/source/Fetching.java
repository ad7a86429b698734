package dev.sampan.data.internal.source;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Fetches a file from `http:` and `https:` into the working folder, whole or not at all.
///
/// At most five redirects, never from `https` to `http`; a server that sends nothing for a minute is given up;
/// a file that does not fit on the disk is refused before it is fetched. Addresses of the machine's own link
/// (169.254.0.0/16, where clouds keep their credentials) are never asked.
final class Fetching {
    private static final int REDIRECTS_MAX = 5;
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final long SILENCE_MILLIS = 60_000;
    private static final long LEFT_FREE = 256L << 20;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Progress progress;

    Fetching(Progress progress) {
        this.progress = progress;
    }

    /// A request that is signed or not.
    @FunctionalInterface
    interface Request {
        HttpRequest of(URI uri, String method);
    }

    /// @param target must not exist
    /// @param name that the data is known by
    Stored get(String url, Path target, String name) {
        return get(parsed(url), target, name, Fetching::plain);
    }

    Stored get(URI uri, Path target, String name, Request request) {
        HttpResponse<InputStream> response = send(uri, "GET", request);
        String etag = response.headers().firstValue("etag").orElse(null);
        try (InputStream body = response.body()) {
            long length = response.headers().firstValueAsLong("content-length").orElse(-1);
            long room = Files.getFileStore(target.toAbsolutePath().getParent()).getUsableSpace() - LEFT_FREE;
            copy(body, length, room, target, shown(uri));
        } catch (IOException e) {
            throw problem("data.fetch", "The transfer broke off: " + e.getMessage(), uri, e);
        }
        return new Stored(target, name, shown(uri), etag, null);
    }

    /// What tells this version of the file from others: its tag, else its date and length; null when the server
    /// says nothing of the kind.
    @Nullable
    String version(URI uri, Request request) {
        HttpResponse<InputStream> response = send(uri, "HEAD", request);
        try (InputStream body = response.body()) {
            body.readAllBytes();
        } catch (IOException e) {
            return null;
        }
        String date = response.headers().firstValue("last-modified").orElse("");
        String tag = response.headers()
                .firstValue("etag")
                .orElse(
                        date.isEmpty()
                                ? ""
                                : date + " "
                                        + response.headers()
                                                .firstValue("content-length")
                                                .orElse(""));
        return tag.isEmpty() ? null : tag;
    }

    static URI parsed(String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of("data.fetch", "'" + url + "' is no address"), e);
        }
        throw new ProblemException(Problem.of("data.fetch", "'" + url + "' names no host"));
    }

    static HttpRequest plain(URI uri, String method) {
        HttpRequest.Builder request = HttpRequest.newBuilder(withoutUser(uri))
                .timeout(Duration.ofMillis(SILENCE_MILLIS))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (uri.getUserInfo() != null) {
            byte[] user = uri.getUserInfo().getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
        }
        return request.build();
    }

    private static URI withoutUser(URI uri) {
        return uri.getRawUserInfo() == null
                ? uri
                : URI.create(uri.toString().replace("//" + uri.getRawUserInfo() + "@", "//"));
    }

    /// Follows redirects; what is signed is signed anew only for the host it was meant for.
    HttpResponse<InputStream> send(URI first, String method, Request request) {
        URI uri = first;
        for (int hop = 0; hop <= REDIRECTS_MAX; hop++) {
            refuseLinkLocal(uri);
            boolean same = uri.getHost().equalsIgnoreCase(first.getHost());
            HttpResponse<InputStream> response =
                    once(uri, (same ? request : (Request) Fetching::plain).of(uri, method));
            int status = response.statusCode();
            String location = response.headers().firstValue("location").orElse("");
            if (status / 100 == 2) {
                return response;
            }
            close(response);
            if (status / 100 != 3 || location.isEmpty()) {
                throw problem("data.fetch", "The server answers " + status + meaning(status), uri, null);
            }
            URI next = uri.resolve(location);
            if (!String.valueOf(next.getScheme()).startsWith("http")) {
                throw problem("data.fetch", "The server leads to what is neither http nor https", uri, null);
            }
            if (uri.getScheme().equals("https") && !"https".equals(next.getScheme())) {
                throw problem("data.fetch", "The server leads from https to " + next.getScheme(), uri, null);
            }
            uri = parsed(next.toString());
        }
        throw problem("data.fetch", "The server leads on more than " + REDIRECTS_MAX + " times", first, null);
    }

    private static String meaning(int status) {
        return switch (status) {
            case 401, 403 -> ": it wants credentials, or others";
            case 404, 410 -> ": there is nothing at this address";
            case 429 -> ": too many requests";
            default -> "";
        };
    }

    private HttpResponse<InputStream> once(URI uri, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException e) {
            throw problem("data.fetch", "The server does not answer", uri, e);
        } catch (IOException e) {
            throw problem(
                    "data.fetch",
                    "The server cannot be reached: " + e.getClass().getSimpleName(),
                    uri,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while fetching");
        }
    }

    private static void close(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException e) {
            return; // nobody reads on
        }
    }

    private static void refuseLinkLocal(URI uri) {
        if (uri.getScheme() == null || !uri.getScheme().toLowerCase(Locale.ROOT).startsWith("http")) {
            throw problem("data.fetch", "The address is neither http nor https", uri, null);
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
                if (address.isLinkLocalAddress()) {
                    throw problem("data.fetch", "Addresses of the machine's own link are not asked", uri, null);
                }
            }
        } catch (UnknownHostException e) {
            throw problem("data.fetch", "There is no host of this name", uri, e);
        }
    }

    /// A thread of its own copies, so that this one can end a server's silence.
    private void copy(InputStream body, long length, long room, Path target, String shown) throws IOException {
        if (length > room) {
            throw new ProblemException(Problem.of("data.disk_full", length + " bytes do not fit on the disk")
                    .at(shown));
        }
        AtomicLong done = new AtomicLong();
        Transfer transfer = new Transfer(body, target, room, done);
        Thread thread = Thread.ofVirtual().name("fetch").start(transfer);
        long seen = -1;
        long since = System.nanoTime();
        while (thread.isAlive()) {
            try {
                thread.join(Duration.ofMillis(100));
            } catch (InterruptedException e) {
                body.close();
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while fetching");
            }
            progress.at("fetch", done.get(), Math.max(0, length), shown);
            if (progress.cancelled()) {
                body.close();
                throw new CancellationException("cancelled while fetching");
            }
            if (done.get() != seen) {
                seen = done.get();
                since = System.nanoTime();
            } else if (thread.isAlive() && (System.nanoTime() - since) / 1_000_000 > SILENCE_MILLIS) {
                body.close();
                throw new IOException("nothing came for " + SILENCE_MILLIS / 1000 + " seconds");
            }
        }
        transfer.end();
        if (length >= 0 && done.get() != length) {
            throw new IOException(done.get() + " of " + length + " bytes came");
        }
    }

    static ProblemException problem(String code, String sentence, URI uri, @Nullable Exception cause) {
        ProblemException problem =
                new ProblemException(Problem.of(code, sentence).at(shown(uri)));
        if (cause != null) {
            problem.initCause(cause);
        }
        return problem;
    }

    /// Without user, password and signature.
    static String shown(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
    }
}
