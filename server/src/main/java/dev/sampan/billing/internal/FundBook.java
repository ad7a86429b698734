package dev.sampan.billing.internal;

import dev.sampan.billing.Fund;
import dev.sampan.database.Database;
import dev.sampan.kernel.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Open funds, in memory for the door: of each customer in the order of use.
final class FundBook {
    private final Database database;
    private final Map<TenantId, List<Fund>> open = new ConcurrentHashMap<>();

    FundBook(Database database) {
        this.database = database;
    }

    /// Those whose time is over or has not come are among them.
    List<Fund> of(TenantId customer) {
        return open.getOrDefault(customer, List.of());
    }

    /// All of them. Whoever adds one meanwhile waits, so that it is not lost.
    synchronized void reload() {
        Map<TenantId, List<Fund>> read = new HashMap<>();
        database.asPlatform(FundRows::open)
                .forEach(row -> read.computeIfAbsent(row.fund().tenant(), _ -> new ArrayList<>())
                        .add(row.fund()));
        read.values().forEach(funds -> funds.sort(Fund.ORDER));
        read.forEach((customer, funds) -> open.put(customer, List.copyOf(funds)));
        open.keySet().retainAll(read.keySet());
    }

    /// What was granted, ended or closed a moment ago, by whomever.
    synchronized void news() {
        for (FundRows.Row row : database.asPlatform(FundRows::changed)) {
            put(row.fund(), row.closed());
        }
    }

    synchronized void take(Fund fund) {
        put(fund, false);
    }

    private void put(Fund fund, boolean closed) {
        List<Fund> before = of(fund.tenant());
        if (closed ? before.stream().noneMatch(one -> one.id().equals(fund.id())) : before.contains(fund)) {
            return;
        }
        List<Fund> funds = new ArrayList<>(before);
        funds.removeIf(one -> one.id().equals(fund.id()));
        if (!closed) {
            funds.add(fund);
            funds.sort(Fund.ORDER);
        }
        open.put(fund.tenant(), List.copyOf(funds));
    }

    /// All open funds.
    List<Fund> all() {
        return open.values().stream().flatMap(List::stream).toList();
    }
}
