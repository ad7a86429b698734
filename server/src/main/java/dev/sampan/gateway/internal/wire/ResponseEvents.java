package dev.sampan.gateway.internal.wire;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Events of OpenAI's Responses out of a chat's chunks: one item of output after the other, each announced,
/// told in pieces and told once more as a whole; at the end the whole response.
final class ResponseEvents implements ChunkWriter {
    /// What is being told. Calls of tools are counted from 0.
    private static final int NONE = -1;

    private static final int THOUGHT = -2;
    private static final int TEXT = -3;
    private static final int REFUSAL = -4;

    private final ProxiedRequest asked;
    private final AnswerId id;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ArrayNode output = StrictJson.empty().putArray("output");
    private final StringBuilder told = new StringBuilder();
    private ObjectNode item = StrictJson.empty();
    private int open = NONE;
    private int sequence;
    private String reason = "stop";
    private boolean started;

    ResponseEvents(ProxiedRequest asked, AnswerId id) {
        this.asked = asked;
        this.id = id;
    }

    @Override
    public byte[] chunk(ObjectNode chunk) {
        out.reset();
        start();
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        tell(THOUGHT, delta, delta.path("reasoning_content").asString(""));
        tell(TEXT, choice, delta.path("content").asString(""));
        tell(REFUSAL, delta, delta.path("refusal").asString(""));
        for (JsonNode call : delta.path("tool_calls")) {
            begin(call.path("index").asInt(0), call);
            tell(open, call, call.path("function").path("arguments").asString(""));
        }
        if (choice.hasNonNull("finish_reason")) {
            reason = choice.path("finish_reason").asString();
        }
        return out.toByteArray();
    }

    private void start() {
        if (!started) {
            started = true;
            whole("response.created", ResponseTree.of(asked, id, "in_progress", output));
            whole("response.in_progress", ResponseTree.of(asked, id, "in_progress", output));
        }
    }

    private void tell(int what, JsonNode from, String piece) {
        if (piece.isEmpty()) {
            return;
        }
        begin(what, from);
        told.append(piece);
        ObjectNode event = switch (what) {
            case THOUGHT -> part("response.reasoning_summary_text.delta", "summary_index");
            case TEXT -> {
                ObjectNode text = part("response.output_text.delta", "content_index");
                JsonNode logprobs = from.at("/logprobs/content");
                text.set("logprobs", logprobs.isArray() ? logprobs : StrictJson.parse("[]"));
                yield text;
            }
            case REFUSAL -> part("response.refusal.delta", "content_index");
            default -> of("response.function_call_arguments.delta");
        };
        write(event.put("delta", piece));
    }

    /// Ends what was told before and announces this.
    private void begin(int what, JsonNode from) {
        if (open == what) {
            return;
        }
        close();
        open = what;
        told.setLength(0);
        int index = output.size();
        item = switch (what) {
            case THOUGHT -> ResponseTree.reasoning(id, index, "");
            case TEXT, REFUSAL -> ResponseTree.message(id, index, "in_progress");
            default -> ResponseTree.call(id, index, from);
        };
        write(event("response.output_item.added").put("output_index", index).set("item", item.deepCopy()));
        switch (what) {
            case THOUGHT ->
                write(part("response.reasoning_summary_part.added", "summary_index")
                        .set(
                                "part",
                                StrictJson.empty().put("type", "summary_text").put("text", "")));
            case TEXT ->
                write(part("response.content_part.added", "content_index")
                        .set("part", ResponseTree.text("", StrictJson.missing())));
            case REFUSAL ->
                write(part("response.content_part.added", "content_index")
                        .set("part", StrictJson.empty().put("type", "refusal").put("refusal", "")));
            default -> {
                // a call has no parts
            }
        }
    }

    private void close() {
        if (open == NONE) {
            return;
        }
        String text = told.toString();
        switch (open) {
            case THOUGHT -> {
                write(part("response.reasoning_summary_text.done", "summary_index")
                        .put("text", text));
                ObjectNode part = StrictJson.empty().put("type", "summary_text").put("text", text);
                write(part("response.reasoning_summary_part.done", "summary_index")
                        .set("part", part));
                ((ArrayNode) item.path("summary")).add(part);
            }
            case TEXT -> {
                ObjectNode done =
                        part("response.output_text.done", "content_index").put("text", text);
                done.putArray("logprobs");
                write(done);
                endPart(ResponseTree.text(text, StrictJson.missing()));
            }
            case REFUSAL -> {
                write(part("response.refusal.done", "content_index").put("refusal", text));
                endPart(StrictJson.empty().put("type", "refusal").put("refusal", text));
            }
            default -> {
                String arguments = text.isEmpty() ? "{}" : text;
                item.put("arguments", arguments);
                write(of("response.function_call_arguments.done")
                        .put("arguments", arguments)
                        .put("name", item.path("name").asString("")));
            }
        }
        if (open != THOUGHT) {
            item.put("status", "completed");
        }
        write(event("response.output_item.done")
                .put("output_index", output.size())
                .set("item", item.deepCopy()));
        output.add(item);
        open = NONE;
    }

    private void endPart(ObjectNode part) {
        write(part("response.content_part.done", "content_index").set("part", part));
        ((ArrayNode) item.path("content")).add(part);
    }

    private ObjectNode part(String type, String index) {
        return of(type).put(index, 0);
    }

    private ObjectNode of(String type) {
        return event(type).put("item_id", item.path("id").asString("")).put("output_index", output.size());
    }

    @Override
    public byte[] end(@Nullable JsonNode said, TokenUsage counted) {
        out.reset();
        start();
        close();
        ObjectNode response = ResponseTree.of(asked, id, "completed", output);
        ResponseTree.end(response, reason, counted);
        whole("response." + response.path("status").asString(), response);
        return out.toByteArray();
    }

    @Override
    public byte[] failed(ApiError error) {
        out.reset();
        start();
        ObjectNode response = ResponseTree.of(asked, id, "failed", output);
        response.putObject("error").put("code", "server_error").put("message", error.message());
        whole("response.failed", response);
        return out.toByteArray();
    }

    private void whole(String type, ObjectNode response) {
        write(event(type).set("response", response));
    }

    private ObjectNode event(String type) {
        return StrictJson.empty().put("type", type).put("sequence_number", sequence++);
    }

    private void write(JsonNode event) {
        out.writeBytes(Events.named(event.path("type").asString(), StrictJson.bytes(event)));
    }
}
