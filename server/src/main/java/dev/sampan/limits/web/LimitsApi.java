package dev.sampan.limits.web;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.ApiKey;
import dev.sampan.accounts.OperatorToken;
import dev.sampan.accounts.Organisation;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.limits.LimitBook;
import dev.sampan.limits.LimitBook.KeyLimits;
import dev.sampan.limits.Rule;
import dev.sampan.spec.LimitsSpec.Limit;
import dev.sampan.spec.LimitsSpec.Measure;
import dev.sampan.spec.Specs;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Limits, for the command line of the operator.
@RestController
@RequestMapping(path = "/api/limits", produces = MediaType.APPLICATION_JSON_VALUE)
final class LimitsApi {
    private final LimitBook book;
    private final Accounts accounts;
    private final OperatorToken token;

    LimitsApi(LimitBook book, Accounts accounts, OperatorToken token) {
        this.book = book;
        this.accounts = accounts;
        this.token = token;
    }

    /// @param document `limits.yaml` as a tree
    private record Applied(Map<String, Object> document) {}

    /// @param key its id
    /// @param spend such as `100`; null: as the file says
    private record OfKey(
            String key,
            @Nullable Long requests,
            @Nullable Long tokens,
            @Nullable String spend,
            @Nullable String currency) {}

    @PostMapping
    String apply(@RequestHeader(name = "Authorization", defaultValue = "") String who, @RequestBody String body) {
        token.require(who);
        Applied applied = Json.read(body, Applied.class);
        return Json.write(Map.of(
                "version",
                book.apply(Specs.limitsFromTree(applied.document), accounts.platformActor())
                        .toString()));
    }

    @PostMapping("/keys")
    String ofKey(@RequestHeader(name = "Authorization", defaultValue = "") String who, @RequestBody String body) {
        token.require(who);
        OfKey asked = Json.read(body, OfKey.class);
        ApiKey key = Stream.concat(Stream.of(accounts.team()), accounts.customers().stream())
                .map(Organisation::id)
                .flatMap(tenant -> accounts.keys(tenant).stream())
                .filter(one -> one.id().toString().equals(asked.key))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(Problem.of("limits.unknown_subject", "There is no key '" + asked.key + "'")
                                .remedy("A key is named by its id, 26 letters, as its page shows it")));
        Money spend =
                asked.spend == null ? null : Money.of(asked.spend, Objects.requireNonNullElse(asked.currency, "CNY"));
        book.setKey(
                key.tenant(), key.id(), new KeyLimits(asked.requests, asked.tokens, spend), accounts.platformActor());
        return Json.write(Map.of("key", key.id().toString()));
    }

    @GetMapping
    String inForce(@RequestHeader(name = "Authorization", defaultValue = "") String who) {
        token.require(who);
        return Json.write(Map.of(
                "document",
                Specs.toTree(book.inForce()),
                "limits",
                book.rules().stream().map(LimitsApi::line).toList()));
    }

    private static Map<String, Object> line(Rule rule) {
        Limit limit = rule.limit();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("for", limit.scope().name().toLowerCase(Locale.ROOT));
        line.put("of", limit.of());
        line.put("model", limit.model());
        line.put("measure", limit.measure().word());
        line.put(
                "amount",
                limit.measure() == Measure.SPEND
                        ? new Money(limit.amount(), Objects.requireNonNull(limit.currency())).toString()
                        : Long.toString(limit.amount()));
        line.put("per", limit.window().word());
        return line;
    }
}
