package dev.sampan.data.internal.source;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Objects of an S3-compatible store: `s3://bucket/key`, the key a glob if need be. The usual variables say
/// where it is and who asks: `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`, `AWS_REGION`, `AWS_DEFAULT_REGION`,
/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`; without a key requests are not signed,
/// for buckets open to all. An own endpoint is asked by path, Amazon's by host.
final class S3 {
    private static final int OBJECTS_MAX = 100_000;

    private final Fetching fetching;
    private final String bucket;
    private final @Nullable String endpoint;
    private final String region;
    private final @Nullable S3Signer signer;

    /// @param environment by name; null for what is not set
    S3(Fetching fetching, String bucket, UnaryOperator<@Nullable String> environment) {
        this.fetching = fetching;
        this.bucket = bucket;
        this.endpoint = first(environment, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");
        String set = first(environment, "AWS_REGION", "AWS_DEFAULT_REGION");
        this.region = set == null ? "us-east-1" : set;
        String key = first(environment, "AWS_ACCESS_KEY_ID");
        String secret = first(environment, "AWS_SECRET_ACCESS_KEY");
        this.signer = key == null || secret == null
                ? null
                : new S3Signer(key, secret, first(environment, "AWS_SESSION_TOKEN"), region, Clock.systemUTC());
    }

    private static @Nullable String first(UnaryOperator<@Nullable String> environment, String... names) {
        for (String name : names) {
            String value = environment.apply(name);
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }

    /// One object of the store.
    record Found(String key, String etag, long bytes) {}

    /// Bucket and key of `s3://bucket/key`.
    static String[] parts(String url) {
        String rest = url.substring("s3://".length());
        int slash = rest.indexOf('/');
        if (slash < 1 || slash == rest.length() - 1) {
            throw new ProblemException(
                    Problem.of("data.fetch", "'" + url + "' names no object").remedy("Write s3://bucket/key"));
        }
        return new String[] {rest.substring(0, slash), rest.substring(slash + 1)};
    }

    static boolean isGlob(String key) {
        return key.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    Stored get(String key, Path target) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        Stored stored = fetching.get(uri(key, ""), target, name, this::request);
        return new Stored(stored.file(), name, "s3://" + bucket + "/" + key, stored.etag(), null);
    }

    @Nullable
    String version(String key) {
        return fetching.version(uri(key, ""), this::request);
    }

    /// Objects whose key a glob matches, in the order of their keys; at least one.
    List<Found> matching(String glob) {
        int wildcard = 0;
        while ("*?[{".indexOf(glob.charAt(wildcard)) < 0) {
            wildcard++;
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        List<Found> found = new ArrayList<>();
        String token = "";
        do {
            Page page = list(glob.substring(0, wildcard), token);
            page.objects().stream()
                    .filter(object -> !object.key().endsWith("/") && matcher.matches(Path.of(object.key())))
                    .forEach(found::add);
            token = page.next();
            if (found.size() > OBJECTS_MAX) {
                throw new ProblemException(
                        Problem.of("data.fetch", "More than " + OBJECTS_MAX + " objects match '" + glob + "'"));
            }
        } while (!token.isEmpty());
        if (found.isEmpty()) {
            throw new ProblemException(
                    Problem.of("data.not_found", "No object matches 's3://" + bucket + "/" + glob + "'"));
        }
        return found;
    }

    private record Page(List<Found> objects, String next) {}

    private Page list(String prefix, String token) {
        String query = (token.isEmpty() ? "" : "continuation-token=" + S3Signer.encode(token, false) + "&")
                + "list-type=2&prefix=" + S3Signer.encode(prefix, false);
        HttpResponse<InputStream> response = fetching.send(uri("", query), "GET", this::request);
        try (InputStream body = response.body()) {
            return parsed(body);
        } catch (IOException | XMLStreamException e) {
            throw new ProblemException(
                    Problem.of("data.fetch", "The store's list of objects cannot be read")
                            .at("s3://" + bucket),
                    e);
        }
    }

    private static Page parsed(InputStream body) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader xml = factory.createXMLStreamReader(body);
        List<Found> found = new ArrayList<>();
        Map<String, String> fields = new HashMap<>();
        String next = "";
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "Contents" -> fields.clear();
                    case "Key", "ETag", "Size" -> fields.put(xml.getLocalName(), xml.getElementText());
                    case "NextContinuationToken" -> next = xml.getElementText();
                    default -> {}
                }
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("Contents")) {
                found.add(new Found(
                        fields.getOrDefault("Key", ""),
                        fields.getOrDefault("ETag", ""),
                        Long.parseLong(fields.getOrDefault("Size", "0"))));
            }
        }
        return new Page(found, next);
    }

    private URI uri(String key, String query) {
        String path = S3Signer.encode(key, true);
        String base = endpoint == null
                ? "https://" + bucket + ".s3." + region + ".amazonaws.com/" + path
                : endpoint.replaceAll("/+$", "") + "/" + bucket + (path.isEmpty() ? "" : "/" + path);
        return Fetching.parsed(query.isEmpty() ? base : base + "?" + query);
    }

    private HttpRequest request(URI uri, String method) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(60))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (signer != null) {
            signer.headers(uri, method).forEach(request::header);
        }
        return request.build();
    }
}
