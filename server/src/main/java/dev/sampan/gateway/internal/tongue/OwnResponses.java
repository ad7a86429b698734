package dev.sampan.gateway.internal.tongue;

import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.internal.wire.AnswerId;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.gateway.internal.wire.Events;
import dev.sampan.gateway.internal.wire.Incoming;
import dev.sampan.gateway.internal.wire.ProxiedRequest;
import dev.sampan.gateway.internal.wire.Responses;
import dev.sampan.gateway.internal.wire.StrictJson;
import dev.sampan.gateway.internal.wire.TokenUsage;
import dev.sampan.gateway.internal.wire.WholeAnswer;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenAI's Responses, asked for and answered as such: tools that run there come through. The supplier is told
/// to keep nothing.
final class OwnResponses implements Tongue {
    static final OwnResponses OPENAI = new OwnResponses(false);
    static final OwnResponses AZURE = new OwnResponses(true);

    private final boolean azure;

    private OwnResponses(boolean azure) {
        this.azure = azure;
    }

    @Override
    public @Nullable ApiError unfit(ProxiedRequest asked) {
        return null;
    }

    /// On Azure without a version: `{endpoint}/openai/v1/responses`.
    @Override
    public Spoken say(ProxiedRequest asked, Target target) {
        ObjectNode there = StrictJson.empty();
        there.setAll(asked.sent());
        there.put("model", target.model()).put("max_output_tokens", asked.outputMax());
        there.put("store", false);
        boolean whole = target.supplier().baseUrl().getPath().endsWith("/openai");
        String path = azure ? (whole ? "" : "/openai") + "/v1/responses" : "/responses";
        Map<String, String> signed = azure ? target.signed("api-key", "") : target.signed("authorization", "Bearer ");
        return new Spoken(path, signed, StrictJson.bytes(there));
    }

    @Override
    public @Nullable WholeAnswer whole(ProxiedRequest asked, String text, AnswerId id) {
        ObjectNode response = StrictJson.objectOrNull(text);
        if (response == null
                || !response.path("output").isArray()
                || response.path("status").asString("").equals("failed")) {
            return null;
        }
        rename(response, asked, id);
        return WholeAnswer.json(response, Responses.usage(response.path("usage")));
    }

    private static void rename(ObjectNode response, ProxiedRequest asked, AnswerId id) {
        response.put("id", "resp_" + id.id()).put("model", asked.model().name());
    }

    @Override
    public Incoming stream(ProxiedRequest asked, AnswerId id) {
        return new Stream(asked, id);
    }

    @Override
    public JsonNode error(String body) {
        return Tongue.errorIn(body);
    }

    private static final class Stream implements Incoming {
        private final ProxiedRequest asked;
        private final AnswerId id;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private @Nullable TokenUsage usage;
        private long deltas;
        private int sequence;
        private boolean done;

        Stream(ProxiedRequest asked, AnswerId id) {
            this.asked = asked;
            this.id = id;
        }

        @Override
        public byte @Nullable [] take(String data) throws Broken {
            if (data.strip().equals("[DONE]")) {
                return null;
            }
            ObjectNode event = StrictJson.objectOrNull(data);
            String type = event == null ? "" : event.path("type").asString("");
            boolean named = !type.isEmpty() && type.chars().allMatch(c -> c == '_' || c == '.' || c >= 'a' && c <= 'z');
            if (event == null || !named || type.equals("error") || type.equals("response.failed")) {
                throw new Broken("no event of a response, or an error in the stream");
            }
            deltas += type.endsWith(".delta") ? 1 : 0;
            sequence = Math.max(sequence, event.path("sequence_number").asInt(0));
            if (event.path("response") instanceof ObjectNode response) {
                rename(response, asked, id);
                usage = Responses.usage(response.path("usage"));
            }
            byte[] frame = Events.named(type, StrictJson.bytes(event));
            if (!type.equals("response.completed") && !type.equals("response.incomplete")) {
                return frame;
            }
            done = true;
            kept.writeBytes(frame);
            return null;
        }

        @Override
        public boolean complete() {
            return done;
        }

        @Override
        public boolean done() {
            return done;
        }

        @Override
        public @Nullable Quantities usage() {
            return usage == null ? null : usage.quantities();
        }

        @Override
        public Quantities relayed() {
            return deltas == 0 ? Quantities.NONE : asked.estimate(deltas).quantities();
        }

        @Override
        public byte[] end() {
            return kept.toByteArray();
        }

        @Override
        public byte[] failed(ApiError error) {
            ObjectNode event = StrictJson.empty().put("type", "response.failed").put("sequence_number", sequence + 1);
            ObjectNode response = event.putObject("response");
            rename(response, asked, id);
            response.put("object", "response").put("created_at", id.created()).put("status", "failed");
            response.putObject("error").put("code", "server_error").put("message", error.message());
            response.putArray("output");
            return Events.named("response.failed", StrictJson.bytes(event));
        }
    }
}
