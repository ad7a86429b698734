package dev.sampan.billing.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.ApiKey;
import dev.sampan.billing.Billing.UsageSum;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.metering.CallJournal;
import dev.sampan.metering.Meters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Usage as a customer sees it, calls of this second included.
final class Sums {
    private final CallJournal journal;
    private final Meters meters;
    private final Accounts accounts;

    Sums(CallJournal journal, Meters meters, Accounts accounts) {
        this.journal = journal;
        this.meters = meters;
        this.accounts = accounts;
    }

    List<UsageSum> usage(TenantId customer, Instant from, Instant to, String groupBy) {
        Meters.Grouping grouping = switch (groupBy) {
            case "model" -> Meters.Grouping.MODEL;
            case "key" -> Meters.Grouping.KEY;
            case "day" -> Meters.Grouping.DAY;
            default ->
                throw new ProblemException(
                        Problem.of("billing.bad_group", "Usage cannot be grouped by '" + groupBy + "'")
                                .at("group_by")
                                .remedy("One of model, key, day"));
        };
        journal.flush();
        List<Meters.GroupSum> sums = meters.sums(customer, from, to, grouping);
        Map<String, String> names = grouping == Meters.Grouping.KEY ? keyNames(customer) : Map.of();
        return sums.stream()
                .map(sum -> new UsageSum(
                        names.getOrDefault(sum.group(), sum.group()), sum.calls(), sum.units(), sum.amount()))
                .toList();
    }

    List<Meters.SuppliedSum> margins(Instant from, Instant to) {
        journal.flush();
        return meters.supplied(from, to);
    }

    private Map<String, String> keyNames(TenantId customer) {
        return accounts.keys(customer).stream()
                .collect(Collectors.toMap(key -> key.id().toString(), ApiKey::name));
    }
}
