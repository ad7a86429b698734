package dev.sampan.billing.internal;

import dev.sampan.accounts.Principal;
import dev.sampan.billing.Balance;
import dev.sampan.billing.Billing;
import dev.sampan.gateway.Route;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the key's owner has: amounts as decimal texts, exact.
final class BalanceRoute implements Route {
    private final Billing billing;

    BalanceRoute(Billing billing) {
        this.billing = billing;
    }

    @Override
    public String path() {
        return "/v1/balance";
    }

    @Override
    public Object get(Principal principal, Map<String, String> query) {
        Balance balance = billing.balance(principal.tenant());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("object", "balance");
        answer.put("currency", balance.available().currency().getCurrencyCode());
        answer.put("available", Decimals.of(balance.available()));
        answer.put("held", Decimals.of(balance.held()));
        answer.put("spent", Decimals.of(balance.spent()));
        return answer;
    }
}
