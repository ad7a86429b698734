package dev.sampan.gateway.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.Principal;
import dev.sampan.gateway.internal.wire.ApiError;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who calls: `Authorization: Bearer KEY`, or `x-api-key: KEY`.
final class Identify implements Step {
    private static final String SCHEME = "Bearer ";

    private final Accounts accounts;

    Identify(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public void take(Exchange exchange) {
        String secret = secret(exchange.request());
        Optional<Principal> principal = secret == null ? Optional.empty() : accounts.authenticate(secret);
        if (principal.isEmpty()) {
            exchange.refuse(ApiError.invalidKey(secret != null));
            return;
        }
        exchange.principal = principal.get();
        exchange.next();
    }

    static @Nullable String secret(HttpServerRequest request) {
        String header = request.getHeader("authorization");
        boolean bearer = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        String named = request.getHeader("x-api-key"); // as Anthropic's clients send it
        String secret = bearer ? header.substring(SCHEME.length()).strip() : named == null ? "" : named.strip();
        return secret.isEmpty() ? null : secret;
    }
}
