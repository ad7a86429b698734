package dev.sampan.billing.internal;

import dev.sampan.billing.Fund;
import dev.sampan.database.Database;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Open funds, in memory for the door: of each customer in the order of use.
final class FundBook {
    private final Database database;
    private final Slices slices;
    private final Map<TenantId, List<Fund>> open = new ConcurrentHashMap<>();
    private Set<Ulid> closed = new HashSet<>();
    private Instant seen = Instant.EPOCH;

    /// @param at by the database's clock
    private record Look(Instant at, List<FundRows.Row> rows) {}

    FundBook(Database database, Slices slices) {
        this.database = database;
        this.slices = slices;
    }

    /// Those whose time is over or has not come are among them.
    List<Fund> of(TenantId customer) {
        return open.getOrDefault(customer, List.of());
    }

    /// All of them. Whoever adds one meanwhile waits, so that it is not lost. What has been closed since the last time
    /// needs no slice any more: no call has begun on it in between.
    synchronized void reload() {
        Set<Ulid> fading = closed;
        closed = new HashSet<>();
        Map<TenantId, List<Fund>> read = new HashMap<>();
        Look look = database.asPlatform(tx -> new Look(FundRows.now(tx), FundRows.open(tx)));
        List<FundRows.Row> rows = look.rows;
        seen = look.at;
        rows.forEach(row -> read.computeIfAbsent(row.fund().tenant(), _ -> new ArrayList<>())
                .add(row.fund()));
        Set<Ulid> stay = new HashSet<>();
        rows.forEach(row -> stay.add(row.fund().id()));
        all().stream().map(Fund::id).filter(id -> !stay.contains(id)).forEach(closed::add);
        read.values().forEach(funds -> funds.sort(Fund.ORDER));
        read.forEach((customer, funds) -> open.put(customer, List.copyOf(funds)));
        open.keySet().retainAll(read.keySet());
        slices.forget(fading);
    }

    /// What was granted, ended or closed since the last look, by whomever.
    synchronized void news() {
        Look look = database.asPlatform(tx -> new Look(FundRows.now(tx), FundRows.changed(tx, seen)));
        seen = look.at;
        look.rows.forEach(row -> put(row.fund(), row.closed()));
    }

    synchronized void take(Fund fund) {
        put(fund, false);
    }

    private void put(Fund fund, boolean isClosed) {
        List<Fund> before = of(fund.tenant());
        if (isClosed ? before.stream().noneMatch(one -> one.id().equals(fund.id())) : before.contains(fund)) {
            return;
        }
        List<Fund> funds = new ArrayList<>(before);
        funds.removeIf(one -> one.id().equals(fund.id()));
        if (isClosed) {
            closed.add(fund.id());
        } else {
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
