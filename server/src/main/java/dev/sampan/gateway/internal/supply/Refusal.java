package dev.sampan.gateway.internal.supply;

import dev.sampan.gateway.internal.wire.ApiError;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Why a supplier gives no answer, by status and code.
sealed interface Refusal {
    /// The call is wrong; another supplier would say the same.
    ///
    /// @param said its error object, empty where there is none
    record OfTheCall(int status, JsonNode said) implements Refusal {
        private static final int LENGTH_MAX = 2000;

        /// In our shape, under our name of the model, and never with our key.
        ApiError error(String modelThere, String publicModel, @Nullable String key) {
            String message = said.path("message").asString("The supplier refused the request.");
            if (message.length() > LENGTH_MAX || key != null && !key.isBlank() && message.contains(key)) {
                message = "The supplier refused the request.";
            }
            return new ApiError(
                    status,
                    message.replace(modelThere, publicModel),
                    "invalid_request_error",
                    text("param"),
                    text("code"),
                    ApiError.Retry.BY_STATUS);
        }

        private @Nullable String text(String name) {
            JsonNode node = said.path(name);
            return node.isString() && node.asString().length() <= 100 ? node.asString() : null;
        }
    }

    /// Our account there is not in order, or over its limits.
    record OfUs(int status, Duration alone) implements Refusal {}

    /// It failed.
    record Fault() implements Refusal {}

    Duration LONG = Duration.ofMinutes(5);
    Duration USUAL = Duration.ofSeconds(30);
    Set<String> NO_MONEY = Set.of(
            "insufficient_quota",
            "billing_hard_limit_reached",
            "billing_not_active",
            "insufficient_balance",
            "quota_exceeded",
            "usage_limit_reached");

    /// @param said the supplier's error in OpenAI's form, see [dev.sampan.gateway.internal.tongue.Tongue#error]
    /// @param header `retry-after`, seconds
    static Refusal of(int status, JsonNode said, @Nullable String header) {
        String inBody = said.path("retry_after").asString("");
        String retryAfter = header != null || inBody.isEmpty() ? header : inBody;
        boolean noMoney = NO_MONEY.contains(said.path("code").asString(""))
                || NO_MONEY.contains(said.path("type").asString(""));
        boolean noKey = said.path("code").asString("").equals("invalid_api_key"); // Gemini says it with 400
        return switch (status) {
            case 401, 402, 403, 404 -> new OfUs(status, LONG);
            case 429 -> new OfUs(status, noMoney ? LONG : seconds(retryAfter));
            case 400, 413, 415, 422 -> noMoney || noKey ? new OfUs(status, LONG) : new OfTheCall(status, said);
            default -> new Fault();
        };
    }

    private static Duration seconds(@Nullable String retryAfter) {
        boolean whole = retryAfter != null
                && !retryAfter.isEmpty()
                && retryAfter.length() <= 6
                && retryAfter.chars().allMatch(c -> c >= '0' && c <= '9');
        return whole ? Duration.ofSeconds(Math.max(1, Long.parseLong(retryAfter))) : USUAL;
    }
}
