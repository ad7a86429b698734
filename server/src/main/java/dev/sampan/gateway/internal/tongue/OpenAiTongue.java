package dev.sampan.gateway.internal.tongue;

import dev.sampan.gateway.internal.wire.AnswerId;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.gateway.internal.wire.ChunkReader;
import dev.sampan.gateway.internal.wire.ChunkStream;
import dev.sampan.gateway.internal.wire.Incoming;
import dev.sampan.gateway.internal.wire.PlainEvents;
import dev.sampan.gateway.internal.wire.ProxiedRequest;
import dev.sampan.gateway.internal.wire.StrictJson;
import dev.sampan.gateway.internal.wire.WholeAnswer;
import dev.sampan.spec.SuppliersSpec.Use;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenAI's API, at home and on Azure. What we do not know goes through as it came, so that whatever the
/// supplier learns to do works here on the same day.
final class OpenAiTongue implements Tongue {
    static final OpenAiTongue OPENAI = new OpenAiTongue(false);
    static final OpenAiTongue AZURE = new OpenAiTongue(true);

    private final boolean azure;

    private OpenAiTongue(boolean azure) {
        this.azure = azure;
    }

    @Override
    public @Nullable ApiError unfit(ProxiedRequest asked) {
        return asked.use().tokens() ? Tongue.unfitAsChat(asked) : null;
    }

    @Override
    public Spoken say(ProxiedRequest asked, Target target) {
        String path = azure ? azurePath(asked.use(), target) : path(asked.use());
        Map<String, String> signed = azure ? target.signed("api-key", "") : target.signed("authorization", "Bearer ");
        return asked.upload() == null
                ? new Spoken(path, signed, body(asked, target))
                : new Spoken(path, signed, new byte[0], new Spoken.Form(asked.upload(), target.model()));
    }

    /// `{endpoint}/openai/deployments/{deployment}/…?api-version=…`
    private static String azurePath(Use use, Target target) {
        boolean whole = target.supplier().baseUrl().getPath().endsWith("/openai");
        return (whole ? "" : "/openai") + "/deployments/"
                + URLEncoder.encode(target.model(), StandardCharsets.UTF_8).replace("+", "%20") + path(use)
                + "?api-version=" + URLEncoder.encode(target.version(), StandardCharsets.UTF_8);
    }

    private static String path(Use use) {
        return switch (use) {
            case CHAT -> "/chat/completions";
            case COMPLETIONS -> "/completions";
            case EMBEDDINGS -> "/embeddings";
            case RESPONSES -> "/responses";
            case MODERATIONS -> "/moderations";
            case RERANK -> "/rerank";
            case IMAGES -> "/images/generations";
            case SPEECH -> "/audio/speech";
            case TRANSCRIPTIONS -> "/audio/transcriptions";
            case TRANSLATIONS -> "/audio/translations";
        };
    }

    private static byte[] body(ProxiedRequest asked, Target target) {
        ObjectNode there = StrictJson.empty();
        there.setAll(asked.body()); // what is inside stays as it is
        there.put("model", target.model());
        if (asked.use() == Use.CHAT || asked.use() == Use.COMPLETIONS) {
            there.remove("max_tokens");
            there.remove("max_completion_tokens");
            String key = asked.use() == Use.COMPLETIONS
                    ? "max_tokens"
                    : target.supplier().outputLimitKey();
            there.put(key, asked.outputMax());
        }
        if (asked.stream() && asked.use().tokens()) {
            there.putObject("stream_options").put("include_usage", true);
        }
        return StrictJson.bytes(there);
    }

    @Override
    public @Nullable WholeAnswer whole(ProxiedRequest asked, String text, AnswerId id) {
        return asked.use().tokens()
                ? WholeAnswer.of(asked, StrictJson.objectOrNull(text), id)
                : WholeAnswer.plain(asked, text, id);
    }

    @Override
    public Incoming stream(ProxiedRequest asked, AnswerId id) {
        return asked.use().tokens() ? new ChunkStream(asked, ChunkReader::openAi, id) : new PlainEvents(asked);
    }

    @Override
    public JsonNode error(String body) {
        return Tongue.errorIn(body);
    }
}
