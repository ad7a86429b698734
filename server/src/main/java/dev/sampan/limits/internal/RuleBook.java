package dev.sampan.limits.internal;

import dev.sampan.database.DatabaseAway;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.limits.LimitBook;
import dev.sampan.limits.Rule;
import dev.sampan.spec.LimitsSpec;
import dev.sampan.spec.LimitsSpec.Limit;
import dev.sampan.spec.LimitsSpec.Measure;
import dev.sampan.spec.LimitsSpec.Scope;
import dev.sampan.spec.LimitsSpec.Window;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is in force on this node: kept in PostgreSQL, looked for by [#look], asked from memory.
final class RuleBook implements LimitBook {
    private static final Logger LOG = LoggerFactory.getLogger(LimitBook.class);

    private final LimitStore store;
    private final Subjects subjects;
    private final InstantSource clock;
    private final Map<Ulid, KeyLimits> ofKeys = new LinkedHashMap<>();
    private LimitStore.Applied file = LimitStore.Applied.NONE;
    private long seen;
    private volatile RuleSet inForce = RuleSet.EMPTY;

    RuleBook(LimitStore store, Subjects subjects, InstantSource clock) {
        this.store = store;
        this.subjects = subjects;
        this.clock = clock;
    }

    RuleSet ruleSet() {
        return inForce;
    }

    @Override
    public synchronized Ulid apply(LimitsSpec spec, ActorId by) {
        LimitStore.Applied applied = new LimitStore.Applied(Ulid.next(), spec, subjects.of(spec));
        store.add(applied, clock.instant(), by);
        file = applied;
        make();
        return applied.version();
    }

    @Override
    public synchronized LimitsSpec inForce() {
        return file.spec();
    }

    @Override
    public List<Rule> rules() {
        return inForce.all();
    }

    @Override
    public synchronized KeyLimits ofKey(Ulid key) {
        return ofKeys.getOrDefault(key, KeyLimits.NONE);
    }

    @Override
    public synchronized void setKey(TenantId tenant, Ulid key, KeyLimits limits, ActorId by) {
        store.set(tenant, key, limits, by);
        ofKeys.put(key, limits);
        make();
    }

    /// Takes over what any node has put in force since the last look.
    synchronized void look() {
        try {
            boolean changed = false;
            LimitStore.Applied newer = store.newerThan(file.version()).orElse(null);
            if (newer != null) {
                file = newer;
                changed = true;
            }
            for (LimitStore.OfKey ofKey : store.changedAfter(seen)) {
                ofKeys.put(ofKey.key(), ofKey.limits());
                seen = ofKey.changed();
                changed = true;
            }
            if (changed) {
                make();
            }
        } catch (DatabaseAway _) {
            LOG.debug("The database is away; the limits stay as they are");
        }
    }

    /// Those of keys' pages come last: of two that say the same the later one holds.
    private void make() {
        List<Rule> rules = new ArrayList<>();
        List<Limit> limits = file.spec().limits();
        for (int i = 0; i < limits.size(); i++) {
            rules.add(new Rule(limits.get(i), file.subjects().get(i)));
        }
        ofKeys.values().removeIf(KeyLimits.NONE::equals);
        ofKeys.forEach((key, said) -> {
            Money spend = said.spend();
            add(rules, key, Measure.REQUESTS, Window.MINUTE, said.requests(), null);
            add(rules, key, Measure.TOKENS, Window.MINUTE, said.tokens(), null);
            add(rules, key, Measure.SPEND, Window.MONTH, spend == null ? null : spend.nanos(), spend);
        });
        inForce = rules.isEmpty() ? RuleSet.EMPTY : new RuleSet(rules);
    }

    private static void add(
            List<Rule> rules, Ulid key, Measure measure, Window window, @Nullable Long amount, @Nullable Money money) {
        if (amount != null) {
            String id = key.toString();
            rules.add(new Rule(
                    new Limit(Scope.KEY, id, null, measure, window, amount, money == null ? null : money.currency()),
                    id));
        }
    }
}
