package dev.sampan.gateway.internal.supply;

import dev.sampan.gateway.internal.tongue.Spoken;
import dev.sampan.gateway.internal.wire.Upload;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClientRequest;
import java.util.Map;

/// A form on its way to a supplier (RFC 7578): the fields, then the recording, piece by piece from its file.
/// Its length is said before, since not every supplier reads what comes without.
final class FormBody {
    private final Upload upload;
    private final String boundary;
    private final Buffer head = Buffer.buffer();
    private final Buffer tail;

    /// @param id of the attempt; no recording holds it but by being made to
    FormBody(Spoken.Form form, String id) {
        this.upload = form.upload();
        this.boundary = "sampan-" + id;
        for (Map.Entry<String, String> field : upload.fields()) {
            String value = field.getKey().equals("model") ? form.model() : field.getValue();
            part("name=\"" + quoted(field.getKey()) + "\"\r\n\r\n").appendString(value);
        }
        part("name=\"file\"; filename=\"" + upload.filename() + "\"\r\ncontent-type: " + upload.type() + "\r\n\r\n");
        tail = Buffer.buffer("\r\n--" + boundary + "--\r\n");
    }

    private Buffer part(String disposition) {
        String before = head.length() == 0 ? "" : "\r\n";
        return head.appendString(before + "--" + boundary + "\r\ncontent-disposition: form-data; " + disposition);
    }

    /// Names of fields come from outside (HTML, multipart/form-data encoding).
    private static String quoted(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    String type() {
        return "multipart/form-data; boundary=" + boundary;
    }

    private long length() {
        return head.length() + upload.bytes() + tail.length();
    }

    Future<Void> send(Vertx vertx, HttpClientRequest request) {
        request.putHeader("content-length", Long.toString(length()));
        return vertx.fileSystem()
                .open(
                        upload.file().toString(),
                        new OpenOptions().setRead(true).setWrite(false).setCreate(false))
                .compose(file ->
                        request.write(head).compose(_ -> piped(file, request)).compose(_ -> request.end(tail)));
    }

    private static Future<Void> piped(AsyncFile file, HttpClientRequest request) {
        return file.pipe().endOnSuccess(false).endOnFailure(false).to(request);
    }
}
