package dev.sampan.metering.internal;

import dev.sampan.database.Database;
import dev.sampan.integrity.Invariant;
import dev.sampan.metering.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the journal of this installation says was settled stands in the database, with the same amount. Of drained
/// calls the journal keeps what shares a segment with later ones.
final class JournalInvariant implements Invariant {
    private static final int AT_ONCE = 4096;

    private static final String ROWS = """
            select request_id, tenant_id, nanos, currency from metering.usage where request_id = any (?::text[])
            """;

    private final LocalCallJournal journal;
    private final Database database;

    JournalInvariant(LocalCallJournal journal, Database database) {
        this.journal = journal;
        this.database = database;
    }

    @Override
    public String id() {
        return "journal.booked";
    }

    @Override
    public Finding look() {
        Map<String, String> settled = new HashMap<>();
        journal.drainedAgain(usage -> settled.put(usage.requestId().toString(), what(usage)));
        List<String> ids = List.copyOf(settled.keySet());
        List<String> breaks = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
            Map<String, String> stored = database.asPlatform(tx -> stored(tx, some));
            for (String id : some) {
                String row = stored.get(id);
                if (!Objects.equals(settled.get(id), row)) {
                    breaks.add(
                            row == null
                                    ? "The call " + id + " is settled in the journal and not in the table of usage"
                                    : "The call " + id + " is " + settled.get(id) + " in the journal and " + row
                                            + " in the table of usage");
                }
            }
        }
        return new Finding(ids.size(), breaks);
    }

    private static String what(Usage usage) {
        return usage.amount().nanos() + " nanos " + usage.amount().currency().getCurrencyCode() + " of "
                + usage.tenant();
    }

    private static Map<String, String> stored(JdbcClient tx, List<String> ids) {
        Map<String, String> rows = new HashMap<>();
        tx.sql(ROWS)
                .param(ids.toArray(String[]::new))
                .query((row, _) -> rows.put(
                        row.getString("request_id"),
                        row.getLong("nanos") + " nanos " + row.getString("currency") + " of "
                                + row.getString("tenant_id")))
                .list();
        return rows;
    }
}
