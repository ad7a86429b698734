package dev.sampan.studio.mlflow;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.Members;
import dev.sampan.accounts.OperatorToken;
import dev.sampan.accounts.Organisation;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Who a header `Authorization` speaks for. Tracking is the team's: an API key of a customer opens nothing here.
@Component
final class Callers {
    /// A password takes a tenth of a second to check, and a client sends it with every request.
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private static final int REMEMBERED_MAX = 1_000;

    private final Accounts accounts;
    private final Members members;
    private final OperatorToken operator;
    private final InstantSource clock;
    private final Map<Sha256, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sha256, Known> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    Callers(Accounts accounts, Members members, OperatorToken operator, InstantSource clock) {
        this.accounts = accounts;
        this.members = members;
        this.operator = operator;
        this.clock = clock;
    }

    private record Known(Caller caller, long untilMillis) {}

    /// @param address where the request comes from
    /// @throws ProblemException `tracking.unauthenticated`, `tracking.denied`, `tracking.too_many_tries`
    Caller of(String header, String address) {
        if (operator.matches(header)) {
            return new Caller(accounts.team().id(), accounts.platformActor(), "operator");
        }
        if (header.startsWith("Bearer ")) {
            return byKey(header.substring("Bearer ".length()));
        }
        String[] pair = basic(header);
        if (pair == null) {
            throw unauthenticated("Say who you are");
        }
        Sha256 seen = Sha256.of(header);
        Caller remembered = remembered(seen);
        return remembered != null ? remembered : byPassword(seen, pair, address);
    }

    private Caller byKey(String secret) {
        var principal = accounts.authenticate(secret)
                .orElseThrow(() -> unauthenticated("This token is not known, or it was revoked"));
        boolean team = accounts.organisation(principal.tenant())
                .filter(one -> one.kind() == Organisation.Kind.TEAM)
                .isPresent();
        if (!team) {
            throw denied("This API key is a customer's; tracking is the team's own");
        }
        return new Caller(principal.tenant(), new ActorId(principal.keyId()), principal.keyName());
    }

    private Caller byPassword(Sha256 seen, String[] pair, String address) {
        return switch (members.authenticate(pair[0], pair[1], address)) {
            case Members.SignedIn(var member, boolean mustChange) -> {
                if (mustChange) {
                    throw denied("This password is good for one sign-in: choose one of your own in the console");
                }
                Caller caller = new Caller(member.tenant(), member.id(), member.name());
                remember(seen, caller);
                yield caller;
            }
            case Members.Refused _ -> throw unauthenticated("The name or the password is wrong");
            case Members.Throttled(Duration wait) ->
                throw new ProblemException(Problem.of("tracking.too_many_tries", "Too many tries to sign in")
                        .remedy("Try again in " + Math.max(1, wait.toSeconds()) + " s"));
        };
    }

    private synchronized @Nullable Caller remembered(Sha256 seen) {
        Known found = known.get(seen);
        return found != null && found.untilMillis() > clock.millis() ? found.caller() : null;
    }

    private synchronized void remember(Sha256 seen, Caller caller) {
        known.put(seen, new Known(caller, clock.millis() + REMEMBERED.toMillis()));
    }

    private static String @Nullable [] basic(String header) {
        if (!header.startsWith("Basic ")) {
            return null;
        }
        try {
            byte[] plain = Base64.getDecoder()
                    .decode(header.substring("Basic ".length()).strip());
            String[] pair = new String(plain, StandardCharsets.UTF_8).split(":", 2);
            return pair.length == 2 ? pair : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static ProblemException unauthenticated(String sentence) {
        return new ProblemException(Problem.of("tracking.unauthenticated", sentence)
                .remedy("Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD to a member's, or"
                        + " MLFLOW_TRACKING_TOKEN to an API key of the team"));
    }

    private static ProblemException denied(String sentence) {
        return new ProblemException(Problem.of("tracking.denied", sentence));
    }
}
