package dev.sampan.metering;

import dev.sampan.kernel.Ulid;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Keeps the books beside the usage, a port: billing stands behind it.
public interface Booking {
    /// Books rows that were not there before, in the transaction that stores them.
    void book(Batch batch, JdbcClient tx);

    /// After the commit: these settlements are in the database, whether this attempt stored them or an
    /// earlier one whose answer was lost. Called once for each settlement of this process, and for those of
    /// earlier ones before any hold is taken.
    void booked(List<Usage> drained);

    /// @param id written on every one of its rows of usage
    /// @param node the installation whose journal they come from
    record Batch(Ulid id, Ulid node, List<Usage> usages) {
        public Batch {
            usages = List.copyOf(usages);
        }
    }
}
