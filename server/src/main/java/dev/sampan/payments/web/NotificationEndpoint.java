package dev.sampan.payments.web;

import dev.sampan.payments.Notifications;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Where providers tell. Open to anyone, since the signature says who it is; the bytes are read as they come, and
/// no more than a notification has.
@RestController
final class NotificationEndpoint {
    private static final int BYTES_MAX = 256 * 1024;

    private final Notifications notifications;

    NotificationEndpoint(Notifications notifications) {
        this.notifications = notifications;
    }

    @PostMapping("/pay/notify/{provider}")
    ResponseEntity<String> take(@PathVariable String provider, HttpServletRequest request) throws IOException {
        byte[] body;
        try (InputStream in = request.getInputStream()) {
            body = in.readNBytes(BYTES_MAX + 1);
        }
        if (body.length > BYTES_MAX) {
            return ResponseEntity.status(413).body("too large");
        }
        Notifications.Answer answer = notifications.take(provider, headers(request), body);
        return ResponseEntity.status(answer.status())
                .header("Content-Type", answer.contentType())
                .body(answer.body());
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.getHeaderNames()
                .asIterator()
                .forEachRemaining(name -> headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name)));
        return headers;
    }
}
