package dev.sampan.limits.internal;

import dev.sampan.accounts.Principal;
import dev.sampan.kernel.TenantId;
import dev.sampan.limits.Rule;
import dev.sampan.spec.LimitsSpec.Limit;
import dev.sampan.spec.LimitsSpec.Measure;
import dev.sampan.spec.LimitsSpec.Scope;
import dev.sampan.spec.LimitsSpec.Window;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rules in force, immutable. One that names somebody goes before the one that is for each.
final class RuleSet {
    static final RuleSet EMPTY = new RuleSet(List.of());

    private final List<Rule> all;
    private final boolean spans;
    private final List<Rule> forEach = new ArrayList<>();
    private final Map<Who, List<Rule>> named = new HashMap<>();

    private record Who(Scope scope, String subject) {}

    /// What is limited by a rule, whatever its amount: of two rules that say the same the later one holds.
    record What(
            Scope scope,
            @Nullable String model,
            Measure measure,
            Window window,
            @Nullable Currency currency) {
        static What of(Limit limit) {
            return new What(limit.scope(), limit.model(), limit.measure(), limit.window(), limit.currency());
        }
    }

    /// @param rules with the subject where `of` names one, or with an empty one
    RuleSet(Collection<Rule> rules) {
        this.all = List.copyOf(rules);
        this.spans = all.stream()
                .map(rule -> rule.limit().window())
                .anyMatch(window -> window != Window.NOW && window != Window.MINUTE);
        for (Rule rule : all) {
            if (rule.limit().of() == null) {
                forEach.add(rule);
            } else {
                named.computeIfAbsent(new Who(rule.limit().scope(), rule.subject()), _ -> new ArrayList<>())
                        .add(rule);
            }
        }
    }

    List<Rule> all() {
        return all;
    }

    /// Whether any is over hours or days, so that the past counts.
    boolean hasSpans() {
        return spans;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /// Those that apply to calls with a key, each with its subject.
    List<Rule> of(Principal principal) {
        Map<What, Rule> rules = new LinkedHashMap<>();
        for (Rule rule : forEach) {
            String subject = subject(rule.limit().scope(), principal);
            if (subject != null) {
                rules.put(What.of(rule.limit()), new Rule(rule.limit(), subject));
            }
        }
        for (Scope scope : Scope.values()) {
            String subject = subject(scope, principal);
            if (subject != null) {
                named.getOrDefault(new Who(scope, subject), List.of())
                        .forEach(rule -> rules.put(What.of(rule.limit()), rule));
            }
        }
        return List.copyOf(rules.values());
    }

    private static @Nullable String subject(Scope scope, Principal principal) {
        return switch (scope) {
            case INSTALLATION -> "";
            case CUSTOMER -> principal.tenant().toString();
            case PROJECT -> principal.project() == null ? null : project(principal.tenant(), principal.project());
            case MEMBER ->
                principal.member().isPlatform() ? null : principal.member().toString();
            case KEY -> principal.keyId().toString();
        };
    }

    static String project(TenantId tenant, String project) {
        return tenant + "/" + project;
    }
}
