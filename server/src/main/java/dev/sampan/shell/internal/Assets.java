package dev.sampan.shell.internal;

import dev.sampan.kernel.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.view.RedirectView;

/// The few static files, read and compressed once. Their names carry a hash of their content
/// (`/assets/sampan.1a2b3c4d.css`), so a browser may keep them for ever and never keeps an old one.
@Controller
final class Assets {
    private static final Map<String, String> FILES = Map.of(
            "sampan.css", "assets/sampan.css",
            "sampan.js", "assets/sampan.js",
            "icons.svg", "assets/icons.svg",
            "mark.svg", "assets/mark.svg",
            "htmx.js", "META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js",
            "sse.js", "META-INF/resources/webjars/htmx-ext-sse/2.2.2/sse.js");
    private static final Map<String, String> TYPES =
            Map.of("css", "text/css;charset=utf-8", "js", "text/javascript;charset=utf-8", "svg", "image/svg+xml");
    private static final int HASH_LETTERS = 12;

    private final Map<String, Asset> byName = new LinkedHashMap<>();
    private final Map<String, Asset> byAddress = new LinkedHashMap<>();

    Assets() {
        FILES.forEach((name, resource) -> {
            Asset asset = read(name, resource);
            byName.put(name, asset);
            byAddress.put(asset.address(), asset);
        });
    }

    private record Asset(String address, String type, byte[] plain, byte[] gzip) {}

    /// @throws IllegalArgumentException for a file that is not on the list
    String address(String name) {
        Asset asset = byName.get(name);
        if (asset == null) {
            throw new IllegalArgumentException("no asset '" + name + "'; there are " + byName.keySet());
        }
        return "/assets/" + asset.address();
    }

    @GetMapping("/assets/{name}")
    ResponseEntity<byte[]> asset(@PathVariable String name, HttpServletRequest request) {
        Asset asset = byAddress.get(name);
        if (asset == null) {
            return ResponseEntity.notFound().build();
        }
        String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        boolean zipped = accepted != null && accepted.contains("gzip");
        var answer = ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(asset.type()))
                .cacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        return zipped
                ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(asset.gzip())
                : answer.body(asset.plain());
    }

    /// Browsers ask for it unasked, whatever the page says.
    @GetMapping("/favicon.ico")
    RedirectView favicon() {
        return new RedirectView(address("mark.svg"));
    }

    private static Asset read(String name, String resource) {
        try (InputStream in = new ClassPathResource(resource).getInputStream()) {
            byte[] plain = in.readAllBytes();
            int dot = name.lastIndexOf('.');
            String hash = Sha256.of(plain).hex().substring(0, HASH_LETTERS);
            String type = TYPES.get(name.substring(dot + 1));
            String address = name.substring(0, dot) + "." + hash + name.substring(dot);
            return new Asset(address, Objects.requireNonNull(type), plain, gzip(plain));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(plain);
        }
        return out.toByteArray();
    }
}
