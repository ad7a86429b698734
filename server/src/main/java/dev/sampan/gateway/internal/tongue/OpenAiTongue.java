package dev.sampan.gateway.internal.tongue;

import dev.sampan.gateway.internal.wire.AnswerId;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.gateway.internal.wire.ChunkReader;
import dev.sampan.gateway.internal.wire.ChunkStream;
import dev.sampan.gateway.internal.wire.Incoming;
import dev.sampan.gateway.internal.wire.ProxiedRequest;
import dev.sampan.gateway.internal.wire.StrictJson;
import dev.sampan.gateway.internal.wire.WholeAnswer;
import dev.sampan.spec.SuppliersSpec.Use;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenAI's API, at home and on Azure. What we do not know goes through as it came, so that whatever the
/// supplier
/// learns to do works here on the same day.
final class OpenAiTongue implements Tongue {
    static final OpenAiTongue OPENAI = new OpenAiTongue(false);
    static final OpenAiTongue AZURE = new OpenAiTongue(true);

    private final boolean azure;

    private OpenAiTongue(boolean azure) {
        this.azure = azure;
    }

    @Override
    public @Nullable ApiError unfit(ProxiedRequest asked) {
        return asked.lost();
    }

    @Override
    public Spoken say(ProxiedRequest asked, Target target) {
        return azure
                ? new Spoken(azurePath(asked.use(), target), target.signed("api-key", ""), body(asked, target))
                : new Spoken(path(asked.use()), target.signed("authorization", "Bearer "), body(asked, target));
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
        };
    }

    private static byte[] body(ProxiedRequest asked, Target target) {
        ObjectNode there = StrictJson.empty();
        there.setAll(asked.body()); // what is inside stays as it is
        there.put("model", target.model());
        if (asked.use() != Use.EMBEDDINGS) {
            there.remove("max_tokens");
            there.remove("max_completion_tokens");
            String key = asked.use() == Use.COMPLETIONS
                    ? "max_tokens"
                    : target.supplier().outputLimitKey();
            there.put(key, asked.outputMax());
        }
        if (asked.stream()) {
            there.putObject("stream_options").put("include_usage", true);
        }
        return StrictJson.bytes(there);
    }

    @Override
    public @Nullable WholeAnswer whole(ProxiedRequest asked, String text, AnswerId id) {
        return WholeAnswer.of(asked, StrictJson.objectOrNull(text), id);
    }

    @Override
    public Incoming stream(ProxiedRequest asked, AnswerId id) {
        return new ChunkStream(asked, ChunkReader::openAi, id);
    }

    @Override
    public JsonNode error(String body) {
        return Tongue.errorIn(body);
    }
}
