package dev.sampan.gateway.internal;

import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.gateway.internal.wire.SoundLength;
import dev.sampan.gateway.internal.wire.Upload;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Forms with a recording. It goes to a file of ours as it comes, no more than a piece of it is ever in memory;
/// from there it can be told to one supplier after another. The file goes with the call.
final class Uploads {
    /// All recordings at once, in files.
    private static final long BYTES_MAX = 4L << 30;

    private final AtomicLong bytes = new AtomicLong();

    void receive(Exchange exchange, Consumer<Upload> then) {
        HttpServerRequest request = exchange.request();
        request.setExpectMultipart(true);
        Receiving receiving = new Receiving(exchange, then);
        request.uploadHandler(receiving::file);
        request.handler(piece -> receiving.count(piece.length()));
        request.exceptionHandler(_ -> exchange.refuse(ApiError.badBody("The form cannot be read.")));
        request.endHandler(_ -> receiving.whole());
    }

    /// One form on its way in.
    private final class Receiving {
        private final Exchange exchange;
        private final Consumer<Upload> then;
        private @Nullable Path path;
        private @Nullable HttpServerFileUpload file;
        private long received;
        private boolean written;
        private boolean ended;

        Receiving(Exchange exchange, Consumer<Upload> then) {
            this.exchange = exchange;
            this.then = then;
            exchange.atEnd(this::forget);
        }

        private void count(int length) {
            received += length;
            if (received > exchange.endpoint().bodyBytesMax()) {
                exchange.refuse(ApiError.tooLarge(exchange.endpoint().bodyBytesMax()));
            } else if (bytes.addAndGet(length) > BYTES_MAX) {
                exchange.refuse(ApiError.overloaded("More recordings are being sent than this server holds at once."));
            }
        }

        private void file(HttpServerFileUpload upload) {
            if (!upload.name().equals("file") || path != null || exchange.ended()) {
                upload.handler(_ -> {}); // thrown away
                return;
            }
            Path made = temporary();
            path = made;
            file = upload;
            upload.streamToFileSystem(made.toString())
                    .onComplete(done -> exchange.later(() -> {
                        written = done.succeeded();
                        if (done.failed()) {
                            exchange.fail(done.cause());
                        }
                        ready();
                    }));
        }

        private static Path temporary() {
            try {
                return Files.createTempFile("sampan-upload-", ".bin");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void whole() {
            ended = true;
            if (path == null) {
                exchange.refuse(ApiError.badRequest("'file' must be given: the recording.", "file", null));
            }
            ready();
        }

        private void ready() {
            Path there = path;
            HttpServerFileUpload upload = file;
            if (!written || !ended || exchange.ended() || there == null || upload == null) {
                return;
            }
            List<Map.Entry<String, String>> fields =
                    exchange.request().formAttributes().entries();
            exchange.context()
                    .<Upload>executeBlocking(() -> new Upload(
                            fields,
                            there,
                            safe(upload.filename()),
                            safeType(upload.contentType()),
                            Files.size(there),
                            SoundLength.of(there)))
                    .onComplete(read -> {
                        if (read.failed()) {
                            exchange.fail(read.cause());
                        } else if (!exchange.ended()) {
                            then.accept(read.result());
                        }
                    });
        }

        /// The name is told to suppliers, who go by its ending.
        private static String safe(@Nullable String name) {
            StringBuilder safe = new StringBuilder();
            String given = name == null || name.isEmpty() ? "recording" : name;
            given.codePoints()
                    .limit(100)
                    .forEach(c -> safe.append(
                            c < 128 && Character.isLetterOrDigit(c) || c == '.' || c == '-' ? (char) c : '_'));
            return safe.toString();
        }

        private static String safeType(@Nullable String type) {
            boolean plain = type != null
                    && type.length() <= 100
                    && type.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\');
            return type == null || !plain ? "application/octet-stream" : type;
        }

        private void forget() {
            bytes.addAndGet(-received);
            received = 0;
            Path there = path;
            if (there != null) {
                exchange.context().executeBlocking(() -> Files.deleteIfExists(there));
            }
        }
    }
}
