package dev.sampan.integrity.internal;

import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.integrity.Inspection;
import dev.sampan.kernel.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Rows of inspections, only ever added.
final class InspectionStore {
    private final Database database;

    InspectionStore(Database database) {
        this.database = database;
    }

    void add(Inspection inspection) {
        database.asPlatform(tx -> tx.sql("""
                        insert into integrity.inspection (at, sound, document) values (?, ?, ?::jsonb)
                        """)
                .param(Columns.utc(inspection.at()))
                .param(inspection.sound())
                .param(Json.write(inspection))
                .update());
    }

    List<Inspection> latest(int limit) {
        return database.asPlatform(
                tx -> tx.sql("select document from integrity.inspection order by number desc limit ?")
                        .param(limit)
                        .query((row, _) -> Json.read(row.getString("document"), Inspection.class))
                        .list());
    }

    /// True for the first who asks for an hour, on whatever node.
    boolean takeHour(Instant now) {
        return database.asPlatform(tx -> tx.sql("insert into integrity.hour (hour) values (?) on conflict do nothing")
                        .param(Columns.utc(now.truncatedTo(ChronoUnit.HOURS)))
                        .update()
                == 1);
    }
}
