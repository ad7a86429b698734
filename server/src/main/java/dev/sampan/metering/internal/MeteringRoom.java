package dev.sampan.metering.internal;

import dev.sampan.database.Database;
import dev.sampan.integrity.Invariants;
import dev.sampan.kernel.Ulid;
import dev.sampan.limits.UsedSoFar;
import dev.sampan.metering.Booking;
import dev.sampan.metering.Meters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together. Properties: `sampan.home`; `sampan.journal.bytes-max` (1 GiB), how much of the
/// journal may wait for the database before no further call is taken.
@Configuration(proxyBeanMethods = false)
class MeteringRoom {
    /// Opened, read and checked when the context starts; whatever is wrong with it ends the start with one
    /// sentence.
    @Bean(initMethod = "start", destroyMethod = "close")
    LocalCallJournal callJournal(
            Database database,
            Booking booking,
            MeterRegistry metrics,
            NodeRun run,
            @Value("${sampan.home}") Path home,
            @Value("${sampan.journal.bytes-max:1073741824}") long bytesMax) {
        LocalCallJournal journal = LocalCallJournal.open(
                home.resolve("journal"), new SqlUsageStore(database, booking, new Tally(run.id())), booking, bytesMax);
        Gauge.builder("sampan_journal_groups_waiting", journal, LocalCallJournal::groupsWaiting)
                .description("Groups of calls on the journal that are not in the database yet")
                .register(metrics);
        Gauge.builder("sampan_journal_accepting", journal, open -> open.accepting() ? 1 : 0)
                .description("1 while the journal takes holds")
                .register(metrics);
        Gauge.builder("sampan_journal_forces", journal, LocalCallJournal::forces)
                .description("Forces of the journal to the disk since the start")
                .register(metrics);
        return journal;
    }

    @Bean
    Invariants meteringInvariants(LocalCallJournal journal, Database database) {
        return Invariants.of(new JournalInvariant(journal, database));
    }

    /// This start of this node.
    record NodeRun(Ulid id) {}

    @Bean
    NodeRun nodeRun() {
        return new NodeRun(Ulid.next());
    }

    @Bean
    UsedSoFar usedSoFar(Database database, LocalCallJournal journal, NodeRun run) {
        return new SqlUsedSoFar(database, journal::flush, run.id());
    }

    @Bean
    Meters meters(Database database) {
        return new SqlMeters(database);
    }
}
