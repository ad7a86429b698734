package dev.sampan.gateway.internal.tongue;

import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.internal.wire.AnswerId;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.gateway.internal.wire.Dialect;
import dev.sampan.gateway.internal.wire.Events;
import dev.sampan.gateway.internal.wire.Incoming;
import dev.sampan.gateway.internal.wire.ProxiedRequest;
import dev.sampan.gateway.internal.wire.StrictJson;
import dev.sampan.gateway.internal.wire.TokenUsage;
import dev.sampan.gateway.internal.wire.WholeAnswer;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Anthropic's callers and Anthropic's models: nothing is translated, so thinking, cache marks and tools that
/// run there come through as they are. Only ids, the model's name and the longest answer are ours.
final class OwnMessages implements Tongue {
    static final OwnMessages TONGUE = new OwnMessages();

    private OwnMessages() {}

    @Override
    public @Nullable ApiError unfit(ProxiedRequest asked) {
        return null;
    }

    @Override
    public Spoken say(ProxiedRequest asked, Target target) {
        ObjectNode there = StrictJson.empty();
        there.setAll(asked.sent());
        there.put("model", target.model()).put("max_tokens", asked.outputMax());
        return AnthropicTongue.spoken(there, target);
    }

    @Override
    public @Nullable WholeAnswer whole(ProxiedRequest asked, String text, AnswerId id) {
        ObjectNode message = StrictJson.objectOrNull(text);
        if (message == null || !message.path("content").isArray()) {
            return null;
        }
        rename(message, asked, id);
        return WholeAnswer.json(message, usage(message.path("usage")));
    }

    private static void rename(ObjectNode message, ProxiedRequest asked, AnswerId id) {
        message.put("id", "msg_" + id.id()).put("model", asked.model().name());
    }

    private static @Nullable TokenUsage usage(JsonNode said) {
        ObjectNode usage = AnthropicAnswer.usage(said);
        return usage == null ? null : TokenUsage.of(usage);
    }

    @Override
    public Incoming stream(ProxiedRequest asked, AnswerId id) {
        return new Stream(asked, id);
    }

    @Override
    public JsonNode error(String body) {
        return AnthropicTongue.TONGUE.error(body);
    }

    private static final class Stream implements Incoming {
        private final ProxiedRequest asked;
        private final AnswerId id;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final ObjectNode counts = StrictJson.empty();
        private long deltas;
        private boolean ending;
        private boolean done;

        Stream(ProxiedRequest asked, AnswerId id) {
            this.asked = asked;
            this.id = id;
        }

        @Override
        public byte @Nullable [] take(String data) throws Broken {
            ObjectNode event = StrictJson.objectOrNull(data);
            if (event == null) {
                throw new Broken("an event that is no JSON object");
            }
            String type = event.path("type").asString("");
            if (!type.chars().allMatch(c -> c == '_' || Character.isLetter(c))) {
                throw new Broken("an event with an odd name");
            }
            switch (type) {
                case "error" -> throw new Broken("an error in the stream");
                case "ping" -> {
                    return null;
                }
                case "message_start" -> {
                    if (event.path("message") instanceof ObjectNode message) {
                        rename(message, asked, id);
                    }
                    AnthropicAnswer.merge(counts, event.at("/message/usage"));
                }
                case "content_block_delta" -> deltas++;
                case "message_delta" -> {
                    AnthropicAnswer.merge(counts, event.path("usage"));
                    ending = true;
                }
                case "message_stop" -> done = true;
                default -> {
                    // goes through as it is
                }
            }
            byte[] frame = Events.named(type, StrictJson.bytes(event));
            if (!ending && !done) {
                return frame;
            }
            kept.writeBytes(frame);
            return null;
        }

        @Override
        public boolean complete() {
            return ending || done;
        }

        @Override
        public boolean done() {
            return done;
        }

        @Override
        public @Nullable Quantities usage() {
            TokenUsage counted = OwnMessages.usage(counts);
            return counted == null ? null : counted.quantities();
        }

        @Override
        public Quantities relayed() {
            return deltas == 0 ? Quantities.NONE : asked.estimate(deltas).quantities();
        }

        @Override
        public byte[] end() {
            if (!done) {
                kept.writeBytes(Events.named(
                        "message_stop", StrictJson.bytes(StrictJson.empty().put("type", "message_stop"))));
            }
            return kept.toByteArray();
        }

        @Override
        public byte[] failed(ApiError error) {
            return Events.named("error", error.body(Dialect.ANTHROPIC));
        }
    }
}
