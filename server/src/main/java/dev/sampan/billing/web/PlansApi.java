package dev.sampan.billing.web;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.OperatorToken;
import dev.sampan.billing.Plans;
import dev.sampan.billing.Subscription;
import dev.sampan.kernel.Json;
import dev.sampan.spec.Specs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Plans, for the command line of the operator.
@RestController
@RequestMapping(path = "/api/plans", produces = MediaType.APPLICATION_JSON_VALUE)
final class PlansApi {
    private final Plans plans;
    private final Accounts accounts;
    private final OperatorToken token;

    PlansApi(Plans plans, Accounts accounts, OperatorToken token) {
        this.plans = plans;
        this.accounts = accounts;
        this.token = token;
    }

    /// @param document `plans.yaml` as a tree
    private record Applied(Map<String, Object> document) {}

    @PostMapping
    String apply(@RequestHeader(name = "Authorization", defaultValue = "") String who, @RequestBody String body) {
        token.require(who);
        Applied applied = Json.read(body, Applied.class);
        return Json.write(Map.of(
                "version",
                plans.apply(Specs.plansFromTree(applied.document), accounts.platformActor())
                        .toString()));
    }

    @GetMapping
    String inForce(@RequestHeader(name = "Authorization", defaultValue = "") String who) {
        token.require(who);
        Map<String, Long> subscribed = plans.subscriptions().stream()
                .filter(one -> one.status() != Subscription.Status.CANCELLED)
                .map(one -> one.terms().plan())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("document", Specs.toTree(plans.inForce()));
        answer.put("subscriptions", subscribed);
        return Json.write(answer);
    }

    /// @param coupon of the set in force
    private record Wanted(String coupon, int count) {}

    @PostMapping("/codes")
    String codes(@RequestHeader(name = "Authorization", defaultValue = "") String who, @RequestBody String body) {
        token.require(who);
        Wanted wanted = Json.read(body, Wanted.class);
        List<String> codes = plans.makeCodes(wanted.coupon, wanted.count, accounts.platformActor());
        return Json.write(Map.of("codes", codes));
    }
}
