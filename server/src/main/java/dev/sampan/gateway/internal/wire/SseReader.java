package dev.sampan.gateway.internal.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Server-sent events out of bytes that come in any pieces (WHATWG HTML, 9.2.6): the data of each event, its
/// lines joined by line feeds. Comments, names and ids are left out, and so is what follows the last blank
/// line.
public final class SseReader {
    /// A supplier that sends longer events has gone wrong.
    private static final int EVENT_BYTES_MAX = 8 << 20;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    private final ByteArrayOutputStream data = new ByteArrayOutputStream(512);
    private boolean any;
    private boolean afterReturn;
    private boolean first = true;

    /// @return the data of the events that end in `piece`
    /// @throws IllegalStateException for an event without end
    public List<String> feed(byte[] piece) {
        List<String> events = new ArrayList<>();
        for (byte b : piece) {
            if (b == '\n' && afterReturn) {
                afterReturn = false;
            } else if (b == '\n' || b == '\r') {
                afterReturn = b == '\r';
                end(events);
            } else {
                afterReturn = false;
                line.write(b);
                if (line.size() + data.size() > EVENT_BYTES_MAX) {
                    throw new IllegalStateException("an event of more than " + EVENT_BYTES_MAX + " bytes");
                }
            }
        }
        return events;
    }

    private void end(List<String> events) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (first) {
            first = false;
            text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        }
        if (text.isEmpty()) {
            if (any) {
                events.add(data.toString(StandardCharsets.UTF_8));
            }
            data.reset();
            any = false;
        } else if (text.startsWith("data:")) {
            append(text.startsWith("data: ") ? text.substring(6) : text.substring(5));
        }
    }

    private void append(String value) {
        if (any) {
            data.write('\n');
        }
        data.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        any = true;
    }
}
