package dev.sampan.gateway.internal.supply;

import dev.sampan.gateway.internal.wire.ProxiedRequest;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.SuppliersSpec.Cache;
import dev.sampan.spec.SuppliersSpec.Use;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers that a customer has had, kept for a while in memory of this node. A key is made of who asks, what is
/// asked to the letter (the order of fields aside), and the set of suppliers in force: one customer never meets
/// another's answer, and a new set forgets them all. Those that were not asked for longest go first.
public final class AnswerCache {
    private static final long BYTES_MAX =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);
    static final int ANSWER_BYTES_MAX = 1 << 20;

    private final InstantSource clock;
    private final Map<Sha256, Kept> answers = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    public AnswerCache(InstantSource clock) {
        this.clock = clock;
    }

    /// An answer as it left, or its events.
    ///
    /// @param id of the call that it answered, which stands in it
    record Kept(byte[] answer, String type, boolean stream, String id, long until) {
        /// The same with another call's id, which is as long.
        byte[] under(String other) {
            byte[] from = id.getBytes(StandardCharsets.US_ASCII);
            byte[] to = other.getBytes(StandardCharsets.US_ASCII);
            byte[] copy = answer.clone();
            for (int i = 0; i + from.length <= copy.length; i++) {
                if (Arrays.equals(copy, i, i + from.length, from, 0, from.length)) {
                    System.arraycopy(to, 0, copy, i, to.length);
                }
            }
            return copy;
        }
    }

    /// Null where the call is not to be answered from here.
    static @Nullable Sha256 key(TenantId tenant, Ulid version, ProxiedRequest asked) {
        Cache cache = asked.model().cache();
        if (cache == null || !keepable(asked.use()) || cache.when() == Cache.When.DETERMINISTIC && !same(asked)) {
            return null;
        }
        StringBuilder key = new StringBuilder();
        key.append(tenant).append('\n').append(version).append('\n');
        key.append(asked.dialect()).append('\n').append(asked.use()).append('\n');
        write(asked.sent(), key);
        return Sha256.of(key.toString());
    }

    private static boolean keepable(Use use) {
        return switch (use) {
            case CHAT, COMPLETIONS, RESPONSES, EMBEDDINGS, MODERATIONS, RERANK -> true;
            case IMAGES, SPEECH, TRANSCRIPTIONS, TRANSLATIONS -> false;
        };
    }

    /// Whether the answer is the same each time.
    private static boolean same(ProxiedRequest asked) {
        JsonNode heat = asked.sent().path("temperature");
        return switch (asked.use()) {
            case EMBEDDINGS, MODERATIONS, RERANK -> true;
            default -> heat.isNumber() && heat.decimalValue().signum() == 0;
        };
    }

    /// JSON with its fields in order.
    private static void write(JsonNode node, StringBuilder key) {
        if (node instanceof ObjectNode object) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            object.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
            key.append('{');
            sorted.forEach((name, value) -> {
                key.append(name.length()).append(':').append(name).append('=');
                write(value, key);
                key.append(',');
            });
            key.append('}');
        } else if (node.isArray()) {
            key.append('[');
            node.forEach(item -> {
                write(item, key);
                key.append(',');
            });
            key.append(']');
        } else {
            key.append(node); // a text in quotation marks, a number as it came
        }
    }

    synchronized @Nullable Kept find(Sha256 key) {
        Kept kept = answers.get(key);
        if (kept != null && kept.until <= clock.millis()) {
            forget(key);
            return null;
        }
        return kept;
    }

    /// @param answer all of it
    synchronized void keep(Sha256 key, byte[] answer, String type, ProxiedRequest asked, String id) {
        Cache cache = asked.model().cache();
        if (cache == null || answer.length > ANSWER_BYTES_MAX) {
            return;
        }
        forget(key);
        answers.put(key, new Kept(answer, type, asked.stream(), id, clock.millis() + cache.seconds() * 1000L));
        bytes += answer.length;
        Iterator<Kept> oldest = answers.values().iterator();
        while (bytes > BYTES_MAX) {
            bytes -= oldest.next().answer.length;
            oldest.remove();
        }
    }

    private void forget(Sha256 key) {
        Kept gone = answers.remove(key);
        bytes -= gone == null ? 0 : gone.answer.length;
    }
}
