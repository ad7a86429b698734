package dev.sampan.payments.web;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.OperatorToken;
import dev.sampan.kernel.Json;
import dev.sampan.payments.PaymentSetup;
import dev.sampan.payments.Reconciliations;
import dev.sampan.spec.Specs;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Ways to pay, for the command line of the operator.
@RestController
@RequestMapping(path = "/api/payments", produces = MediaType.APPLICATION_JSON_VALUE)
final class PaymentsApi {
    private final PaymentSetup setup;
    private final Accounts accounts;
    private final OperatorToken token;
    private final Reconciliations reconciliations;

    PaymentsApi(PaymentSetup setup, Accounts accounts, OperatorToken token, Reconciliations reconciliations) {
        this.setup = setup;
        this.reconciliations = reconciliations;
        this.accounts = accounts;
        this.token = token;
    }

    /// @param document `payments.yaml` as a tree
    /// @param secrets environment variable → secret
    private record Applied(Map<String, Object> document, Map<String, String> secrets) {}

    @PostMapping
    String apply(@RequestHeader(name = "Authorization", defaultValue = "") String who, @RequestBody String body) {
        token.require(who);
        Applied applied = Json.read(body, Applied.class);
        return Json.write(Map.of(
                "version",
                setup.apply(Specs.paymentsFromTree(applied.document), applied.secrets, accounts.platformActor())
                        .toString()));
    }

    @GetMapping
    String inForce(@RequestHeader(name = "Authorization", defaultValue = "") String who) {
        token.require(who);
        Map<String, Object> answer = new LinkedHashMap<>();
        setup.inForce().ifPresent(spec -> {
            answer.put("document", Specs.toTree(spec));
            Map<String, String> tells = new LinkedHashMap<>();
            spec.providers().forEach(one -> tells.put(one.name(), spec.publicUrl() + "/pay/notify/" + one.name()));
            answer.put("notify", tells);
        });
        answer.put("trouble", setup.trouble().orElse(null));
        return Json.write(answer);
    }

    /// Compares a day now.
    @PostMapping("/reconciliations")
    String reconcile(@RequestHeader(name = "Authorization", defaultValue = "") String who, @RequestParam String day) {
        token.require(who);
        return Json.write(reconciliations.compare(Days.parsed(day)));
    }
}
