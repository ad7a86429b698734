package dev.sampan.gateway.internal;

import dev.sampan.gateway.internal.wire.Dialect;
import dev.sampan.spec.SuppliersSpec.Use;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What can be asked at the door, besides pages.
enum Endpoint {
    /// A model of our own; its name is in the path. A picture travels in the body, as a data URL: a photograph
    /// of 5 MB fits.
    PREDICT("/v1/predict/", null, 8 << 20),
    CHAT("/v1/chat/completions", Use.CHAT, Endpoint.BODY_BYTES_MAX),
    COMPLETIONS("/v1/completions", Use.COMPLETIONS, Endpoint.BODY_BYTES_MAX),
    EMBEDDINGS("/v1/embeddings", Use.EMBEDDINGS, Endpoint.BODY_BYTES_MAX),
    /// A chat as Anthropic's clients ask for it.
    MESSAGES("/v1/messages", Use.CHAT, Endpoint.BODY_BYTES_MAX),
    /// A chat as OpenAI's newer clients ask for it.
    RESPONSES("/v1/responses", Use.CHAT, Endpoint.BODY_BYTES_MAX),
    MODERATIONS("/v1/moderations", Use.MODERATIONS, Endpoint.BODY_BYTES_MAX),
    RERANK("/v1/rerank", Use.RERANK, Endpoint.BODY_BYTES_MAX),
    IMAGES("/v1/images/generations", Use.IMAGES, 1 << 20),
    SPEECH("/v1/audio/speech", Use.SPEECH, 1 << 20),
    /// Recordings come as forms, and lie in files.
    TRANSCRIPTIONS("/v1/audio/transcriptions", Use.TRANSCRIPTIONS, Endpoint.FORM_BYTES_MAX),
    TRANSLATIONS("/v1/audio/translations", Use.TRANSLATIONS, Endpoint.FORM_BYTES_MAX);

    /// As much as OpenAI takes, and the fields beside it.
    private static final int FORM_BYTES_MAX = 26 << 20;

    private static final int BODY_BYTES_MAX = 32 << 20;

    private static final List<Endpoint> ALL = List.of(values());

    private final String path;
    private final @Nullable Use use;
    private final int bodyBytesMax;

    Endpoint(String path, @Nullable Use use, int bodyBytesMax) {
        this.path = path;
        this.use = use;
        this.bodyBytesMax = bodyBytesMax;
    }

    /// Null where nothing of the kind is.
    static @Nullable Endpoint at(String path) {
        for (Endpoint endpoint : ALL) {
            boolean named = endpoint == PREDICT
                    && path.startsWith(endpoint.path)
                    && path.length() > endpoint.path.length()
                    && path.indexOf('/', endpoint.path.length()) < 0;
            if (named || endpoint.path.equals(path) && endpoint != PREDICT) {
                return endpoint;
            }
        }
        return null;
    }

    /// The model's name in the path; empty where the body names it.
    String modelIn(String requestPath) {
        return this == PREDICT ? requestPath.substring(path.length()) : "";
    }

    /// What a supplier is asked for; null for models of our own.
    @Nullable
    Use use() {
        return use;
    }

    /// How its callers speak.
    Dialect dialect() {
        return switch (this) {
            case MESSAGES -> Dialect.ANTHROPIC;
            case RESPONSES -> Dialect.RESPONSES;
            case SPEECH -> Dialect.BYTES;
            default -> Dialect.OPENAI;
        };
    }

    /// Whether a form is sent instead of JSON.
    boolean form() {
        return this == TRANSCRIPTIONS || this == TRANSLATIONS;
    }

    static Stream<String> paths() {
        return ALL.stream().map(endpoint -> endpoint.path);
    }

    int bodyBytesMax() {
        return bodyBytesMax;
    }
}
