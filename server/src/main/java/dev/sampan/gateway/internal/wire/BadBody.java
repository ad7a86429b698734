package dev.sampan.gateway.internal.wire;

import org.jspecify.annotations.Nullable;

/// Why a body is refused: a sentence that names the place and never repeats the content.
public final class BadBody extends Exception {
    private static final long serialVersionUID = 1;

    private final transient ApiError error;

    public BadBody(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    static BadBody of(String message, @Nullable String param) {
        return new BadBody(ApiError.badRequest(message, param, null));
    }

    public ApiError error() {
        return error;
    }
}
