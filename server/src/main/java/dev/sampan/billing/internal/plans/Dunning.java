package dev.sampan.billing.internal.plans;

import dev.sampan.billing.internal.Receivables.Open;
import dev.sampan.database.Columns;
import dev.sampan.spec.PlansSpec.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What happens to who does not pay: reminders, then calls are refused, then the subscription ends. Each step is taken
/// once for each invoice.
final class Dunning {
    static final String SUSPENDED = "suspended";
    static final String CANCELLED = "cancelled";

    private Dunning() {}

    /// The steps that have come by now, in order.
    static List<String> due(Terms terms, Instant dueAt, Instant now) {
        long days = Duration.between(dueAt, now).toDays();
        List<String> steps = new ArrayList<>();
        if (now.isBefore(dueAt)) {
            return steps;
        }
        terms.reminderDays().stream().sorted().filter(day -> day <= days).forEach(day -> steps.add("reminder_" + day));
        if (terms.suspendAfterDays() <= days) {
            steps.add(SUSPENDED);
        }
        if (terms.cancelAfterDays() <= days) {
            steps.add(CANCELLED);
        }
        return steps;
    }

    /// @return false when it was taken before
    static boolean take(JdbcClient tx, Open open, String step, Instant now) {
        return tx.sql("""
                                insert into billing.dunning_step (number, step, tenant_id, taken_at)
                                values (?, ?, ?, ?) on conflict do nothing
                                """)
                        .param(open.number())
                        .param(step)
                        .param(open.tenant().toString())
                        .param(Columns.utc(now))
                        .update()
                == 1;
    }
}
