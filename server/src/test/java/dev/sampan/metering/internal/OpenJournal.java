package dev.sampan.metering.internal;

import dev.sampan.database.Database;
import dev.sampan.metering.Booking;
import dev.sampan.metering.CallJournal;
import dev.sampan.metering.Meters;
import java.io.IOException;
import java.nio.file.Path;

/// The journal as the platform opens it, for tests of rooms below.
public final class OpenJournal implements AutoCloseable {
    private final LocalCallJournal journal;
    private final Meters meters;

    private OpenJournal(LocalCallJournal journal, Meters meters) {
        this.journal = journal;
        this.meters = meters;
    }

    public static OpenJournal in(Path folder, Database database, Booking booking) {
        LocalCallJournal journal =
                LocalCallJournal.open(folder, new SqlUsageStore(database, booking), booking, 64L << 20);
        journal.start();
        return new OpenJournal(journal, new SqlMeters(database));
    }

    public CallJournal journal() {
        return journal;
    }

    public Meters meters() {
        return meters;
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
