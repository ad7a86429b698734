package dev.sampan.billing.internal;

import dev.sampan.accounts.Principal;
import dev.sampan.billing.Balance;
import dev.sampan.billing.Billing;
import dev.sampan.billing.Fund;
import dev.sampan.billing.Funds;
import dev.sampan.gateway.Route;
import dev.sampan.kernel.Money;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What the key's owner has: amounts as decimal texts, exact.
final class BalanceRoute implements Route {
    private final Billing billing;
    private final Funds funds;

    BalanceRoute(Billing billing, Funds funds) {
        this.billing = billing;
        this.funds = funds;
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
        answer.put(
                "funds",
                funds.of(principal.tenant()).stream().map(BalanceRoute::fund).toList());
        return answer;
    }

    /// Money as decimal text, counts as numbers.
    private static Map<String, Object> fund(Funds.State state) {
        Fund fund = state.fund();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", fund.id().toString());
        answer.put("kind", fund.kind().name().toLowerCase(Locale.ROOT));
        answer.put("unit", fund.unit().code());
        answer.put("models", fund.models().stream().sorted().toList());
        answer.put("granted", amount(fund, fund.granted()));
        answer.put("available", amount(fund, state.available()));
        answer.put("held", amount(fund, state.held()));
        answer.put("used", amount(fund, state.used()));
        answer.put("starts_at", fund.startsAt().toString());
        answer.put(
                "expires_at", fund.expiresAt() == null ? null : fund.expiresAt().toString());
        return answer;
    }

    private static Object amount(Fund fund, long count) {
        return fund.unit().money()
                ? Decimals.of(new Money(count, Currency.getInstance(fund.unit().code())))
                : (Object) count;
    }
}
