package dev.sampan.gateway.web;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.OperatorToken;
import dev.sampan.gateway.Routing;
import dev.sampan.kernel.Json;
import dev.sampan.spec.Specs;
import dev.sampan.suppliers.Suppliers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Suppliers, for the command line of the operator.
@RestController
@RequestMapping(path = "/api/suppliers", produces = MediaType.APPLICATION_JSON_VALUE)
final class SuppliersApi {
    private final Suppliers suppliers;
    private final Routing routing;
    private final Accounts accounts;
    private final OperatorToken token;

    SuppliersApi(Suppliers suppliers, Routing routing, Accounts accounts, OperatorToken token) {
        this.suppliers = suppliers;
        this.routing = routing;
        this.accounts = accounts;
        this.token = token;
    }

    /// @param document `suppliers.yaml` as a tree
    /// @param keys supplier → key
    private record Applied(Map<String, Object> document, Map<String, String> keys) {}

    @PostMapping
    String apply(@RequestHeader(name = "Authorization", defaultValue = "") String who, @RequestBody String body) {
        token.require(who);
        Applied applied = Json.read(body, Applied.class);
        return Json.write(Map.of(
                "version",
                suppliers
                        .apply(Specs.suppliersFromTree(applied.document), applied.keys, accounts.platformActor())
                        .toString()));
    }

    @GetMapping
    String inForce(@RequestHeader(name = "Authorization", defaultValue = "") String who) {
        token.require(who);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("document", Specs.toTree(suppliers.directory().spec()));
        answer.put("routes", RouteStates.of(suppliers, routing));
        answer.put("trouble", suppliers.directory().trouble());
        return Json.write(answer);
    }
}
