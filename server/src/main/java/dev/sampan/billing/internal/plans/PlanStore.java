package dev.sampan.billing.internal.plans;

import dev.sampan.database.Columns;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.PlansSpec;
import dev.sampan.spec.PlansSpec.Plan;
import dev.sampan.spec.PlansSpec.Terms;
import dev.sampan.spec.Specs;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;

/// Sets of plans, of which the newest is in force, and the versions of each plan.
final class PlanStore {
    static final PlansSpec NONE =
            new PlansSpec(List.of(), List.of(), List.of(), List.of(), new Terms(60, 0, List.of(1, 3, 7), 14, 30));

    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private static final String NEWEST = """
            select version, document from billing.plan_version where plan = ? order by version desc limit 1
            """;

    private static final String ON_SALE = """
            select version from billing.plan_version where plan = ? and effective_from <= ?
            order by effective_from desc, version desc limit 1
            """;

    private PlanStore() {}

    record Version(int version, Plan plan) {}

    static PlansSpec inForce(JdbcClient tx) {
        return tx.sql("select document from billing.plan_set order by version desc limit 1")
                .query((row, _) -> spec(row.getString("document")))
                .optional()
                .orElse(NONE);
    }

    /// Puts a set in force; a plan that differs from its newest version gets the next one.
    static Ulid apply(JdbcClient tx, PlansSpec spec, Instant now, LocalDate today, ActorId by) {
        tx.sql("select pg_advisory_xact_lock(hashtextextended('billing.plans', 0)) is null")
                .query(Boolean.class)
                .single();
        for (Plan plan : spec.plans()) {
            Optional<Version> newest = tx.sql(NEWEST)
                    .param(plan.name())
                    .query((row, _) -> new Version(row.getInt("version"), plan(row.getString("document"))))
                    .optional();
            if (newest.isEmpty() || !newest.get().plan().equals(plan)) {
                tx.sql("""
                                insert into billing.plan_version (plan, version, document, effective_from, made_at)
                                values (?, ?, ?::jsonb, ?, ?)
                                """)
                        .param(plan.name())
                        .param(newest.map(Version::version).orElse(0) + 1)
                        .param(document(plan))
                        .param(plan.effectiveFrom() == null ? today : plan.effectiveFrom())
                        .param(Columns.utc(now))
                        .update();
            }
        }
        Ulid version = Ulid.next();
        tx.sql("insert into billing.plan_set (version, document, applied_at, applied_by) values (?, ?::jsonb, ?, ?)")
                .param(version.toString())
                .param(Json.write(Specs.toTree(spec)))
                .param(Columns.utc(now))
                .param(by.toString())
                .update();
        return version;
    }

    /// What a new subscription to a plan of the set in force gets.
    ///
    /// @throws ProblemException `billing.plan.not_found`
    static Version onSale(JdbcClient tx, String name, LocalDate today) {
        List<String> known = inForce(tx).plans().stream().map(Plan::name).toList();
        Optional<Integer> version = known.contains(name)
                ? tx.sql(ON_SALE).param(name).param(today).query(Integer.class).optional()
                : Optional.empty();
        return version.map(number -> new Version(number, plan(tx, name, number)))
                .orElseThrow(() -> new ProblemException(
                        Problem.of("billing.plan.not_found", "There is no plan '" + name + "' on sale on " + today)
                                .remedy("On sale: " + String.join(", ", known))));
    }

    static Plan plan(JdbcClient tx, String name, int version) {
        return tx.sql("select document from billing.plan_version where plan = ? and version = ?")
                .param(name)
                .param(version)
                .query((row, _) -> plan(row.getString("document")))
                .single();
    }

    private static String document(Plan plan) {
        return Json.write(Specs.toTree(new PlansSpec(List.of(plan), List.of(), List.of(), List.of(), NONE.terms())));
    }

    private static Plan plan(String document) {
        return spec(document).plans().getFirst();
    }

    private static PlansSpec spec(String document) {
        return Specs.plansFromTree(Json.MAPPER.readValue(document, TREE));
    }
}
