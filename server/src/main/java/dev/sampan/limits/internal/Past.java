package dev.sampan.limits.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.ApiKey;
import dev.sampan.accounts.Principal;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.limits.UsedSoFar;
import dev.sampan.limits.UsedSoFar.Question;
import dev.sampan.limits.UsedSoFar.Sum;
import dev.sampan.limits.internal.Desk.Spanned;
import dev.sampan.spec.LimitsSpec.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What was used before a counter began to count, and elsewhere: looked up when a counter is asked for the first
/// time, off the door's threads, and again about once a second.
final class Past {
    private final Supplier<UsedSoFar> used;
    private final Accounts accounts;
    private final Executor blocking;
    private final Supplier<Moment> clock;
    private final Map<Wanted, CompletableFuture<@Nullable Void>> running = new ConcurrentHashMap<>();

    /// @param used there when somebody asks
    Past(Supplier<UsedSoFar> used, Accounts accounts, Executor blocking, Supplier<Moment> clock) {
        this.used = used;
        this.accounts = accounts;
        this.blocking = blocking;
        this.clock = clock;
    }

    /// Counters of calls with a key.
    record Wanted(Desk desk, Desk house, RuleSet rules, Principal principal) {}

    /// A counter without its past, and how it is asked for.
    private record Asked(Spanned spanned, long from, Question question) {}

    /// Calls of a key that come at once wait for one look.
    CompletionStage<?> lookUp(Wanted wanted) {
        CompletableFuture<@Nullable Void> made = new CompletableFuture<>();
        CompletableFuture<@Nullable Void> other = running.putIfAbsent(wanted, made);
        if (other != null) {
            return other;
        }
        blocking.execute(() -> {
            try {
                await(wanted);
                running.remove(wanted);
                made.complete(null);
            } catch (RuntimeException e) {
                running.remove(wanted);
                made.completeExceptionally(e); // told to the calls that wait
            }
        });
        return made;
    }

    /// Blocks.
    ///
    /// @throws dev.sampan.database.DatabaseAway when it cannot be known now
    void await(Wanted wanted) {
        TenantId tenant = wanted.principal.tenant();
        if (!wanted.rules.hasSpans()) {
            return;
        }
        var zone = accounts.zone(tenant);
        var ofTeam = accounts.zone(accounts.team().id());
        List<Spanned> unknown = new ArrayList<>();
        synchronized (wanted.desk) {
            synchronized (wanted.house) {
                wanted.desk.zone(zone);
                wanted.house.zone(ofTeam);
                wanted.desk.counted(wanted.rules, wanted.principal, wanted.house, clock.get());
                unknown.addAll(wanted.desk.spans());
                unknown.addAll(wanted.house.spans());
                unknown.removeIf(spanned -> spanned.span().known());
            }
        }
        if (!unknown.isEmpty()) {
            used.get().flush();
            learn(tenant, unknown, wanted.desk, wanted.house);
        }
    }

    /// @param tenant null for the installation
    void refresh(@Nullable TenantId tenant, Desk desk) {
        List<Spanned> spans;
        synchronized (desk) {
            spans = desk.zoneKnown() ? desk.spans() : List.of();
        }
        List<Spanned> known = spans.stream().filter(one -> one.span().known()).toList();
        if (tenant != null && !known.isEmpty()) {
            var zone = accounts.zone(tenant);
            synchronized (desk) {
                desk.zone(zone);
            }
        }
        learn(tenant, known, desk, desk);
    }

    private void learn(@Nullable TenantId tenant, List<Spanned> spans, Desk desk, Desk house) {
        if (spans.isEmpty()) {
            return;
        }
        List<ApiKey> keys =
                tenant == null || spans.stream().noneMatch(Past::ofKeys) ? List.of() : accounts.keys(tenant);
        List<Asked> asked = new ArrayList<>();
        synchronized (desk) {
            synchronized (house) {
                long now = clock.get().millis();
                spans.forEach(spanned -> asked.add(ask(tenant, spanned, keys, now)));
            }
        }
        List<Sum> sums = used.get().look(asked.stream().map(Asked::question).toList());
        synchronized (desk) {
            synchronized (house) {
                for (int i = 0; i < asked.size(); i++) {
                    asked.get(i).spanned.span().learn(asked.get(i).from, sums.get(i));
                }
            }
        }
    }

    private static boolean ofKeys(Spanned spanned) {
        Scope scope = spanned.what().scope();
        return scope == Scope.PROJECT || scope == Scope.MEMBER;
    }

    private static Asked ask(@Nullable TenantId tenant, Spanned spanned, List<ApiKey> keys, long now) {
        RuleSet.What what = spanned.what();
        long from = spanned.span().start(now);
        Question question = new Question(
                what.scope() == Scope.INSTALLATION ? null : tenant,
                keysOf(spanned, keys),
                what.model(),
                what.measure(),
                what.currency(),
                Instant.ofEpochMilli(from),
                Instant.ofEpochMilli(spanned.span().madeAt()));
        return new Asked(spanned, from, question);
    }

    private static Set<Ulid> keysOf(Spanned spanned, List<ApiKey> keys) {
        String subject = spanned.subject();
        return switch (spanned.what().scope()) {
            case INSTALLATION, CUSTOMER -> Set.of();
            case KEY -> Set.of(Ulid.parse(subject));
            case PROJECT ->
                keys.stream()
                        .filter(key -> key.project() != null
                                && RuleSet.project(key.tenant(), Objects.requireNonNull(key.project()))
                                        .equals(subject))
                        .map(ApiKey::id)
                        .collect(Collectors.toSet());
            case MEMBER ->
                keys.stream()
                        .filter(key -> key.member().toString().equals(subject))
                        .map(ApiKey::id)
                        .collect(Collectors.toSet());
        };
    }
}
