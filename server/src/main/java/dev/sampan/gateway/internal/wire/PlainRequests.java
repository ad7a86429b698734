package dev.sampan.gateway.internal.wire;

import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Quantities;
import dev.sampan.spec.SuppliersSpec.Model;
import dev.sampan.spec.SuppliersSpec.Use;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Calls that are no conversation: moderations, reranking, pictures, speech and recordings. What is needed to
/// hold money is checked, the rest goes through.
final class PlainRequests {
    private static final int PICTURES_MAX = 10;
    private static final int LETTERS_MAX = 100_000;

    /// Documents that a search unit of Cohere's covers.
    private static final int DOCUMENTS_A_REQUEST = 100;

    /// More than any supplier we know makes of a second of sound.
    private static final int TOKENS_A_SECOND = 50;

    private PlainRequests() {}

    static ProxiedRequest of(Use use, ObjectNode sent, Model model) throws BadBody {
        boolean stream = use == Use.IMAGES && sent.path("stream").asBoolean(false);
        int choices = 1;
        Quantities most = switch (use) {
            case MODERATIONS -> moderations(sent);
            case RERANK -> rerank(sent);
            case SPEECH -> speech(sent);
            case IMAGES -> {
                choices = pictures(sent);
                yield Quantities.tokens(PromptBound.of(sent), 0, (long) model.maxOutputTokens() * choices)
                        .with(Meter.IMAGE, choices);
            }
            default -> throw new IllegalArgumentException(use + " is read elsewhere");
        };
        return new ProxiedRequest(
                use == Use.SPEECH ? Dialect.BYTES : Dialect.OPENAI,
                use,
                sent,
                sent,
                null,
                model,
                stream,
                false,
                choices,
                0,
                most.with(Meter.REQUEST, Math.max(1, most.of(Meter.REQUEST))),
                null);
    }

    private static Quantities moderations(ObjectNode sent) throws BadBody {
        ProxiedRequest.requireText(sent, "input");
        return Quantities.tokens(PromptBound.of(sent), 0, 0);
    }

    private static Quantities rerank(ObjectNode sent) throws BadBody {
        JsonNode documents = sent.path("documents");
        if (!sent.path("query").isString() || sent.path("query").asString().isEmpty()) {
            throw BadBody.of("'query' must be a text.", "query");
        }
        if (!documents.isArray() || documents.isEmpty()) {
            throw BadBody.of("'documents' must be a list with at least one text.", "documents");
        }
        // each document is read together with the question
        long query = PromptBound.bound(sent.path("query")) * documents.size();
        return Quantities.tokens(PromptBound.of(sent) + query, 0, 0)
                .with(Meter.REQUEST, 1 + documents.size() / DOCUMENTS_A_REQUEST);
    }

    /// Speech is priced by the letter, so its letters are the tokens of its prompt.
    private static Quantities speech(ObjectNode sent) throws BadBody {
        String input = sent.path("input").asString("");
        int letters = input.codePointCount(0, input.length());
        if (letters < 1 || letters > LETTERS_MAX) {
            throw BadBody.of("'input' must be a text of 1 to " + LETTERS_MAX + " letters.", "input");
        }
        return Quantities.tokens(letters, 0, 0);
    }

    private static int pictures(ObjectNode sent) throws BadBody {
        if (!sent.path("prompt").isString() || sent.path("prompt").asString().isEmpty()) {
            throw BadBody.of("'prompt' must be a text.", "prompt");
        }
        return ProxiedRequest.whole(sent, "n", 1, PICTURES_MAX);
    }

    static ProxiedRequest of(Use use, Upload upload, Models models) throws BadBody {
        ObjectNode sent = StrictJson.empty();
        upload.fields().forEach(field -> sent.put(field.getKey(), field.getValue()));
        Model model = ProxiedRequest.model(Dialect.OPENAI, use, sent, models);
        boolean stream = switch (upload.field("stream").toLowerCase(Locale.ROOT)) {
            case "", "false" -> false;
            case "true" -> true;
            default -> throw BadBody.of("'stream' must be true or false.", "stream");
        };
        Quantities most = Quantities.tokens(
                        upload.secondsMax() * TOKENS_A_SECOND + PromptBound.of(sent), 0, model.maxOutputTokens())
                .with(Meter.SECOND, upload.secondsMax())
                .with(Meter.REQUEST, 1);
        return new ProxiedRequest(Dialect.OPENAI, use, sent, sent, null, model, stream, false, 1, 0, most, upload);
    }

    /// What an answer comes to when its supplier says nothing of it, never too much.
    static Quantities atLeast(ProxiedRequest asked) {
        Upload upload = asked.upload();
        Quantities call = Quantities.NONE.with(Meter.REQUEST, 1);
        return switch (asked.use()) {
            case SPEECH -> asked.most();
            case IMAGES -> call.with(Meter.IMAGE, asked.choices());
            case TRANSCRIPTIONS, TRANSLATIONS ->
                upload == null || upload.length() == null
                        ? call
                        : call.with(Meter.SECOND, upload.length().seconds());
            default -> call;
        };
    }
}
