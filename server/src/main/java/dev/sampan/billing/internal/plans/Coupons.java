package dev.sampan.billing.internal.plans;

import dev.sampan.database.Columns;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.PlansSpec;
import dev.sampan.spec.PlansSpec.Coupon;
import dev.sampan.spec.Specs;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;

/// Codes and what was redeemed. A code is claimed by changing its row under a condition: who changes no row has not
/// claimed it, however many try at once (one-api#2397: reading first and writing then spends it many times).
final class Coupons {
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private static final String CLAIM = """
            update billing.redeem_code set claimed_by = ?, claimed_at = ?
            where code = ? and claimed_by is null
            """;

    private static final String COUNT = """
            insert into billing.coupon_count (coupon, redeemed) values (?, 1)
            on conflict (coupon) do update set redeemed = coupon_count.redeemed + 1
            where coupon_count.redeemed < ?
            """;

    private static final String REDEEM = """
            insert into billing.coupon_redemption (tenant_id, coupon, document, redeemed_at, redeemed_by)
            values (?, ?, ?::jsonb, ?, ?) on conflict do nothing
            """;

    private static final String REDEEMED = """
            select redemption.document,
                   (select count(*) from billing.coupon_use as used
                    where used.tenant_id = redemption.tenant_id and used.coupon = redemption.coupon) as uses
            from billing.coupon_redemption as redemption where tenant_id = ? order by redeemed_at, coupon
            """;

    private Coupons() {}

    static void redeem(JdbcClient tx, TenantId customer, String code, Moment moment, ActorId by) {
        PlansSpec inForce = PlanStore.inForce(tx);
        Coupon coupon = open(inForce, code)
                .or(() -> single(tx, inForce, code, customer, moment.at()))
                .orElseThrow(() -> refused(code));
        if (coupon.expires() != null && !moment.today().isBefore(coupon.expires())) {
            throw refused(code);
        }
        int most = coupon.redemptions() == null ? Integer.MAX_VALUE : coupon.redemptions();
        int counted = tx.sql(COUNT).param(coupon.name()).param(most).update();
        int redeemed = tx.sql(REDEEM)
                .param(customer.toString())
                .param(coupon.name())
                .param(document(coupon))
                .param(Columns.utc(moment.at()))
                .param(by.toString())
                .update();
        if (counted != 1 || redeemed != 1) {
            throw refused(code); // rolls the claim back
        }
    }

    /// Now, and the customer's day.
    record Moment(Instant at, LocalDate today) {}

    private static Optional<Coupon> open(PlansSpec inForce, String code) {
        return inForce.coupons().stream()
                .filter(coupon -> coupon.codes().contains(code))
                .findFirst();
    }

    private static Optional<Coupon> single(
            JdbcClient tx, PlansSpec inForce, String code, TenantId customer, Instant now) {
        int claimed = tx.sql(CLAIM)
                .param(customer.toString())
                .param(Columns.utc(now))
                .param(code)
                .update();
        return claimed != 1
                ? Optional.empty()
                : inForce.coupon(tx.sql("select coupon from billing.redeem_code where code = ?")
                        .param(code)
                        .query(String.class)
                        .single());
    }

    /// One answer for all reasons: whoever guesses learns nothing.
    private static ProblemException refused(String code) {
        return new ProblemException(Problem.of("billing.code", "The code '" + code + "' cannot be redeemed")
                .remedy("Check its letters; it may have expired, be used up, or have been redeemed before"));
    }

    static List<String> make(JdbcClient tx, String coupon, int count, Instant now, ActorId by) {
        if (PlanStore.inForce(tx).coupon(coupon).isEmpty()) {
            throw new ProblemException(Problem.of("billing.coupon.not_found", "There is no coupon '" + coupon + "'")
                    .remedy("Name it under coupons in plans.yaml and apply the file"));
        }
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String code = Codes.next();
            tx.sql("insert into billing.redeem_code (code, coupon, made_at, made_by) values (?, ?, ?, ?)")
                    .param(code)
                    .param(coupon)
                    .param(Columns.utc(now))
                    .param(by.toString())
                    .update();
            codes.add(code);
        }
        return codes;
    }

    private record Redeemed(Coupon coupon, long uses) {}

    /// Those that take something off the next period of a plan.
    static List<Coupon> holding(JdbcClient tx, TenantId customer, String plan) {
        return tx
                .sql(REDEEMED)
                .param(customer.toString())
                .query((row, _) -> new Redeemed(coupon(row.getString("document")), row.getLong("uses")))
                .list()
                .stream()
                .filter(redeemed -> redeemed.uses < redeemed.coupon.lasts())
                .map(Redeemed::coupon)
                .filter(coupon -> coupon.plans().isEmpty() || coupon.plans().contains(plan))
                .toList();
    }

    /// Those that took something off the paid period a subscription is in.
    static List<Coupon> usedIn(JdbcClient tx, TenantId customer, State state) {
        return tx.sql("""
                        select redemption.document from billing.coupon_use as used
                        join billing.coupon_redemption as redemption using (tenant_id, coupon)
                        where tenant_id = ? and subscription = ? and period_start = ? order by redeemed_at, coupon
                        """)
                .param(customer.toString())
                .param(state.id().toString())
                .param(state.fee().period().start())
                .query((row, _) -> coupon(row.getString("document")))
                .list();
    }

    static void used(JdbcClient tx, TenantId customer, List<Coupon> coupons, Ulid subscription, LocalDate start) {
        for (Coupon coupon : coupons) {
            tx.sql("""
                            insert into billing.coupon_use (tenant_id, coupon, subscription, period_start)
                            values (?, ?, ?, ?) on conflict do nothing
                            """)
                    .param(customer.toString())
                    .param(coupon.name())
                    .param(subscription.toString())
                    .param(start)
                    .update();
        }
    }

    /// A coupon is kept as it was redeemed, whatever the file says later; the plans it names may be gone by then.
    private static String document(Coupon coupon) {
        return Json.write(Specs.toTree(new PlansSpec(
                coupon.plans().stream().map(Coupons::named).toList(),
                List.of(),
                List.of(coupon),
                List.of(),
                PlanStore.NONE.terms())));
    }

    private static PlansSpec.Plan named(String plan) {
        return new PlansSpec.Plan(
                plan,
                plan,
                null,
                java.util.Currency.getInstance("CNY"),
                PlansSpec.Interval.MONTH,
                java.math.BigDecimal.ZERO,
                null,
                PlansSpec.Settlement.PREPAID,
                java.math.BigDecimal.ZERO,
                List.of(),
                List.of(),
                List.of(),
                java.math.BigDecimal.ZERO);
    }

    private static Coupon coupon(String document) {
        return Specs.plansFromTree(Json.MAPPER.readValue(document, TREE))
                .coupons()
                .getFirst();
    }
}
