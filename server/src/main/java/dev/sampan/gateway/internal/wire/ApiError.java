package dev.sampan.gateway.internal.wire;

import dev.sampan.gateway.Once;
import dev.sampan.gateway.Purse;
import dev.sampan.kernel.Problem;
import dev.sampan.limits.Limiter;
import dev.sampan.spec.LimitsSpec.Limit;
import dev.sampan.spec.LimitsSpec.Measure;
import dev.sampan.spec.LimitsSpec.Scope;
import dev.sampan.spec.LimitsSpec.Window;
import org.jspecify.annotations.Nullable;

/// An error as OpenAI's clients read it. Its code is a stable name; `message` is for people.
///
/// @param param the field or parameter it is about
/// @param waitMillis for `SOON`: after which it may succeed
/// @param retry whether the same call may succeed later; clients try again by themselves unless told not to
public record ApiError(
        int status,
        String message,
        String type,
        @Nullable String param,
        @Nullable String code,
        Retry retry,
        long waitMillis) {
    private static final long SOON_MILLIS = 1000;

    public ApiError(
            int status, String message, String type, @Nullable String param, @Nullable String code, Retry retry) {
        this(status, message, type, param, code, retry, SOON_MILLIS);
    }

    private static final String INVALID = "invalid_request_error";

    /// What clients are told about trying again.
    public enum Retry {
        /// The status says it.
        BY_STATUS,
        /// `retry-after` and `retry-after-ms`: [ApiError#waitMillis]
        SOON,
        /// `x-should-retry: false`, for a status that clients would try again
        NEVER
    }

    public static ApiError badRequest(String message, @Nullable String param, @Nullable String code) {
        return new ApiError(400, message, INVALID, param, code, Retry.BY_STATUS);
    }

    /// What is asked is right, but nobody behind the model can be told of it.
    public static ApiError unsupported(String param, String model) {
        return badRequest(
                "'" + param + "' cannot be carried to the suppliers of the model '" + model + "'. Leave it out.",
                param,
                "unsupported_parameter");
    }

    public static ApiError notAnswered(String model, String use) {
        return badRequest(
                "The model '" + model + "' does not answer " + use + " calls.", "model", "model_not_supported");
    }

    public static ApiError badBody(String message) {
        return badRequest(message, null, "invalid_body");
    }

    public static ApiError invalidKey(boolean given) {
        String message = given
                ? "Incorrect API key provided."
                : "You didn't provide an API key. Send it in the header 'Authorization: Bearer YOUR_KEY'.";
        return new ApiError(401, message, INVALID, null, "invalid_api_key", Retry.BY_STATUS);
    }

    public static ApiError modelNotSold(String message) {
        return new ApiError(403, message, "permission_error", "model", "model_not_priced", Retry.BY_STATUS);
    }

    public static ApiError modelNotFound(String model) {
        return new ApiError(
                404, "The model '" + model + "' does not exist.", INVALID, "model", "model_not_found", Retry.BY_STATUS);
    }

    /// @param nearest a path that may have been meant; null where none is near
    public static ApiError unknownPath(String method, String path, @Nullable String nearest) {
        return new ApiError(
                404,
                "Unknown request URL: " + method + " " + path + "."
                        + (nearest == null ? "" : " Did you mean " + nearest + "?"),
                INVALID,
                null,
                "unknown_url",
                Retry.BY_STATUS);
    }

    public static ApiError notKept(String id) {
        return new ApiError(
                404,
                "The response '" + id + "' is not here: responses are never kept, 'store' is always false.",
                INVALID,
                "response_id",
                "response_not_found",
                Retry.BY_STATUS);
    }

    public static ApiError wrongMethod(String method, String path, String allowed) {
        String message = "Not allowed to " + method + " on " + path + ". Use " + allowed + ".";
        return new ApiError(405, message, INVALID, null, "method_not_supported", Retry.BY_STATUS);
    }

    public static ApiError tooSlow() {
        return new ApiError(
                408, "The request took too long to arrive.", INVALID, null, "request_timeout", Retry.BY_STATUS);
    }

    public static ApiError tooLarge(int bytesMax) {
        String message = "The request body is larger than " + (bytesMax >> 20)
                + " MiB. Send fewer inputs in one call, or a smaller picture.";
        return new ApiError(413, message, INVALID, null, "request_too_large", Retry.BY_STATUS);
    }

    /// @param wanted the media type that is understood
    public static ApiError wrongContentType(@Nullable String type, String wanted) {
        String message = "The content type " + (type == null ? "is missing" : "'" + type + "' is not understood")
                + ". Send " + (wanted.equals(WholeAnswer.JSON) ? "JSON" : "a form") + " with the header 'Content-Type: "
                + wanted + "'.";
        return new ApiError(415, message, INVALID, null, "unsupported_media_type", Retry.BY_STATUS);
    }

    public static ApiError tooManyAtOnce(int limit) {
        String message = "More than " + limit + " of your calls are running. Wait for one to end.";
        return new ApiError(429, message, "requests", null, "rate_limit_exceeded", Retry.SOON);
    }

    public static ApiError creditExhausted(String message) {
        return new ApiError(429, message + ".", "insufficient_quota", null, "credit_balance_exhausted", Retry.NEVER);
    }

    /// An `Idempotency-Key` was used before.
    public static ApiError of(Once.Refused refused) {
        return switch (refused) {
            case MISMATCH ->
                conflict("The Idempotency-Key was used for another call.", "idempotency_key_mismatch", Retry.NEVER);
            case RUNNING ->
                conflict("The call with this Idempotency-Key has not ended yet.", "idempotency_key_in_use", Retry.SOON);
            case NOT_KEPT ->
                conflict(
                        "The call with this Idempotency-Key was charged, and its answer could not be kept.",
                        "idempotency_answer_not_kept",
                        Retry.NEVER);
            case FULL ->
                new ApiError(
                        429,
                        "So many answers are kept for your Idempotency-Keys that there is no room for more. Call "
                                + "without one.",
                        "requests",
                        null,
                        "idempotency_store_full",
                        Retry.NEVER);
        };
    }

    private static ApiError conflict(String message, String code, Retry retry) {
        return new ApiError(409, message, INVALID, null, code, retry);
    }

    /// A limit has no room for the call.
    public static ApiError of(Limiter.Refused refused) {
        Limit limit = refused.rule().limit();
        boolean byMinute = limit.window() == Window.MINUTE;
        if (!refused.stop() || byMinute) {
            String type = limit.measure() == Measure.TOKENS ? "tokens" : "requests";
            Retry retry = refused.stop() ? Retry.NEVER : Retry.SOON;
            return new ApiError(
                    429, refused.sentence(), type, null, "rate_limit_exceeded", retry, refused.waitMillis());
        }
        boolean wide = limit.scope() == Scope.CUSTOMER || limit.scope() == Scope.INSTALLATION;
        String code = limit.measure() != Measure.SPEND
                ? "organization_usage_limit_exceeded"
                : wide ? "organization_spend_limit_exceeded" : "project_spend_limit_exceeded";
        return new ApiError(429, refused.sentence(), "insufficient_quota", null, code, Retry.NEVER);
    }

    public static ApiError internal() {
        return new ApiError(
                500,
                "The server had an error while processing your request. Nothing was charged.",
                "server_error",
                null,
                "internal_error",
                Retry.BY_STATUS);
    }

    public static ApiError overloaded(String message) {
        return new ApiError(503, message, "server_error", null, "overloaded", Retry.SOON);
    }

    public static ApiError unavailable(String message) {
        return new ApiError(503, message, "server_error", null, "unavailable", Retry.SOON);
    }

    public static ApiError of(Purse.Refused refused) {
        return switch (refused.reason()) {
            case CREDIT_EXHAUSTED -> creditExhausted(refused.sentence());
            case NOT_ACTIVE ->
                new ApiError(
                        429, refused.sentence() + ".", "insufficient_quota", null, "billing_not_active", Retry.NEVER);
            case NO_PRICE -> modelNotSold(refused.sentence() + ".");
            case UNAVAILABLE -> unavailable(refused.sentence() + ".");
        };
    }

    /// A mistake in a request that another room has found.
    public static ApiError of(Problem problem) {
        String message = problem.remedy() == null
                ? sentence(problem.sentence())
                : sentence(problem.sentence()) + " " + sentence(problem.remedy());
        return badRequest(message, problem.place(), problem.code());
    }

    private static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }

    public byte[] body(Dialect dialect) {
        return dialect == Dialect.ANTHROPIC ? messagesBody() : body();
    }

    /// As Anthropic's clients read it.
    private byte[] messagesBody() {
        String kind = switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 500, 502 -> "api_error";
            case 503 -> "overloaded_error";
            default -> INVALID;
        };
        return JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("type", "error");
            json.writeObjectPropertyStart("error");
            json.writeStringProperty("type", kind);
            json.writeStringProperty("message", message);
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    public byte[] body() {
        return JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeObjectPropertyStart("error");
            json.writeStringProperty("message", message);
            json.writeStringProperty("type", type);
            nullable(json, "param", param);
            nullable(json, "code", code);
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static void nullable(tools.jackson.core.JsonGenerator json, String name, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value);
        }
    }
}
