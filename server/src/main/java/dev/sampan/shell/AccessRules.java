package dev.sampan.shell;

import java.util.List;

/// A room's lines of the policy table, as one bean.
public record AccessRules(List<AccessRule> rules) {
    public AccessRules {
        rules = List.copyOf(rules);
    }

    public static AccessRules of(AccessRule... rules) {
        return new AccessRules(List.of(rules));
    }
}
