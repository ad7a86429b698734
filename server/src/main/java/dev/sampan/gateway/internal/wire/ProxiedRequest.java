package dev.sampan.gateway.internal.wire;

import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Quantities;
import dev.sampan.spec.SuppliersSpec.Model;
import dev.sampan.spec.SuppliersSpec.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A call of a language model in OpenAI's form. What we must know is checked; everything else goes to the
/// supplier as it came, so that whatever the supplier learns to do works here on the same day.
///
/// @param sent as the caller sent it
/// @param body the same in OpenAI's form
/// @param lost what has no place in OpenAI's form, so that only a supplier of the caller's own dialect can be
///     asked; null where nothing is lost
/// @param usageWanted `stream_options.include_usage`
/// @param choices how many answers are asked for (`n`)
/// @param outputMax the longest answer that is asked for, in tokens; 0 where there is none
/// @param most the prompt at the most, and the longest answer for each choice
/// @param upload a form that came instead of JSON; null where none did
public record ProxiedRequest(
        Dialect dialect,
        Use use,
        ObjectNode sent,
        ObjectNode body,
        @Nullable ApiError lost,
        Model model,
        boolean stream,
        boolean usageWanted,
        int choices,
        int outputMax,
        Quantities most,
        @Nullable Upload upload)
        implements Asked {
    private static final int CHOICES_MAX = 128;
    private static final int COMPLETION_TOKENS = 16; // what OpenAI's completions take when nothing is said

    public static ProxiedRequest read(Dialect dialect, Use use, byte[] bytes, Models models) throws BadBody {
        ObjectNode sent = StrictJson.object(bytes);
        Model model = model(dialect, use, sent, models);
        return switch (use) {
            case CHAT, COMPLETIONS, EMBEDDINGS -> language(dialect, use, sent, model);
            default -> PlainRequests.of(use, sent, model);
        };
    }

    /// A form with a recording.
    public static ProxiedRequest read(Use use, Upload upload, Models models) throws BadBody {
        return PlainRequests.of(use, upload, models);
    }

    static Model model(Dialect dialect, Use use, ObjectNode sent, Models models) throws BadBody {
        JsonNode name = sent.path("model");
        Model unnamed = name.isMissingNode() && use == Use.MODERATIONS ? models.first(use) : null;
        if (unnamed != null) {
            return unnamed;
        }
        if (!name.isString() || name.asString().isEmpty()) {
            throw BadBody.of("You must provide 'model', the name of a model.", "model");
        }
        Model model = models.named(name.asString());
        if (model == null) {
            throw new BadBody(ApiError.modelNotFound(name.asString()));
        }
        boolean asResponse = dialect == Dialect.RESPONSES && model.uses().contains(Use.RESPONSES);
        if (!asResponse && !model.uses().contains(use)) {
            throw new BadBody(ApiError.notAnswered(model.name(), use.name().toLowerCase(Locale.ROOT)));
        }
        return model;
    }

    private static ProxiedRequest language(Dialect dialect, Use use, ObjectNode sent, Model model) throws BadBody {
        List<ApiError> lost = new ArrayList<>(0);
        ObjectNode body = switch (dialect) {
            case OPENAI, BYTES -> sent;
            case ANTHROPIC -> Messages.chat(sent, lost);
            case RESPONSES -> Responses.chat(sent, lost);
        };
        if (lost.isEmpty()) {
            requireContent(use, body);
        }
        boolean stream = use != Use.EMBEDDINGS && truth(body, "stream");
        boolean usageWanted = dialect == Dialect.OPENAI && usageWanted(body, stream);
        int choices = use == Use.EMBEDDINGS ? 1 : whole(body, "n", 1, CHOICES_MAX);
        int outputMax = dialect == Dialect.RESPONSES
                ? whole(sent, "max_output_tokens", model.maxOutputTokens(), model.maxOutputTokens())
                : outputMax(use, body, model);
        long prompt = Math.min(PromptBound.of(sent), model.contextLength());
        Quantities most = Quantities.tokens(prompt, 0, (long) outputMax * choices);
        if (model.cache() != null) {
            most = most.with(Meter.REQUEST, 1); // which is what an answer that was kept comes to
        }
        ApiError first = lost.isEmpty() ? null : lost.getFirst();
        return new ProxiedRequest(
                dialect, use, sent, body, first, model, stream, usageWanted, choices, outputMax, most, null);
    }

    private static void requireContent(Use use, ObjectNode body) throws BadBody {
        switch (use) {
            case CHAT -> {
                if (!body.path("messages").isArray() || body.path("messages").isEmpty()) {
                    throw BadBody.of("'messages' must be a list with at least one message.", "messages");
                }
                for (JsonNode message : body.path("messages")) {
                    if (!message.path("role").isString()) {
                        throw BadBody.of("Each of 'messages' must be an object with a 'role'.", "messages");
                    }
                }
            }
            case COMPLETIONS -> requireText(body, "prompt");
            case EMBEDDINGS -> requireText(body, "input");
            default -> throw new IllegalArgumentException(use + " is read elsewhere");
        }
    }

    static void requireText(ObjectNode body, String name) throws BadBody {
        JsonNode node = body.path(name);
        boolean list = node.isArray() && !node.isEmpty();
        if (!list && !(node.isString() && !node.asString().isEmpty())) {
            throw BadBody.of("'" + name + "' must be a text, or a list of texts or of tokens.", name);
        }
    }

    private static boolean truth(ObjectNode body, String name) throws BadBody {
        JsonNode node = body.path(name);
        if (node.isMissingNode() || node.isNull() || node.isBoolean()) {
            return node.isBoolean() && node.asBoolean();
        }
        throw BadBody.of("'" + name + "' must be true or false.", name);
    }

    private static boolean usageWanted(ObjectNode body, boolean stream) throws BadBody {
        JsonNode options = body.path("stream_options");
        if (options.isMissingNode() || options.isNull()) {
            return false;
        }
        if (!stream) {
            throw BadBody.of("'stream_options' is only allowed when 'stream' is true.", "stream_options");
        }
        if (!(options instanceof ObjectNode object)) {
            throw BadBody.of("'stream_options' must be an object.", "stream_options");
        }
        return truth(object, "include_usage");
    }

    static int whole(ObjectNode body, String name, int otherwise, int max) throws BadBody {
        JsonNode node = body.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < 1 || node.asInt() > max) {
            throw BadBody.of("'" + name + "' must be a whole number from 1 to " + max + ".", name);
        }
        return node.asInt();
    }

    /// Of two limits the greater is taken, and that one alone goes to the supplier: what is held for is what is
    /// asked.
    private static int outputMax(Use use, ObjectNode body, Model model) throws BadBody {
        if (use == Use.EMBEDDINGS) {
            return 0;
        }
        int most = model.maxOutputTokens();
        boolean older = body.hasNonNull("max_tokens");
        boolean newer = body.hasNonNull("max_completion_tokens");
        if (!older && !newer) {
            return use == Use.COMPLETIONS ? Math.min(COMPLETION_TOKENS, most) : most;
        }
        return Math.max(whole(body, "max_tokens", 1, most), whole(body, "max_completion_tokens", 1, most));
    }

    /// When no supplier says how much it was.
    ///
    /// @param output tokens that were relayed, at the least
    public TokenUsage estimate(long output) {
        return new TokenUsage(Math.min(PromptBound.estimate(sent), model.contextLength()), 0, output);
    }

    /// What an answer comes to when its supplier says nothing of it, never too much.
    public Quantities atLeast() {
        return use.tokens() ? estimate(0).quantities() : PlainRequests.atLeast(this);
    }

    /// Whether a supplier of OpenAI's Responses may be asked as the caller asked.
    public boolean asResponse() {
        return dialect == Dialect.RESPONSES && model.uses().contains(Use.RESPONSES);
    }

    /// First letters of an answer's id.
    public String idPrefix() {
        return use == Use.CHAT ? "chatcmpl-" : "cmpl-";
    }
}
