package dev.sampan.billing.internal;

import dev.sampan.database.DatabaseAway;
import dev.sampan.metering.CallJournal;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Opens the purse before the door (phase below the gateway's) and closes it after: money leased by an
/// earlier run or left over by this one goes back to the wallets, once everything spent is booked.
final class PurseLife implements SmartLifecycle {
    /// The gateway starts later and stops earlier.
    static final int PHASE = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(PurseLife.class);
    private static final long LOOK_SECONDS = 30;
    private static final long LISTEN_MILLIS = 1_000;

    private final JournalledPurse purse;
    private final Prices prices;
    private final Slices slices;
    private final Recalls recalls;
    private final CallJournal journal;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("purse").daemon().factory());
    private volatile boolean running;

    PurseLife(JournalledPurse purse, Prices prices, Slices slices, Recalls recalls, CallJournal journal) {
        this.purse = purse;
        this.prices = prices;
        this.slices = slices;
        this.recalls = recalls;
        this.journal = journal;
    }

    /// The journal has drained what earlier runs left: it did so before it could be had.
    @Override
    public void start() {
        slices.giveBackAll();
        prices.reload();
        watch.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        watch.scheduleWithFixedDelay(this::listen, LISTEN_MILLIS, LISTEN_MILLIS, TimeUnit.MILLISECONDS);
        running = true;
    }

    private void look() {
        purse.expire();
        try {
            prices.reload();
            slices.idleComeHome();
        } catch (DatabaseAway _) {
            LOG.debug("Prices are read again when the database is back");
        }
    }

    private void listen() {
        try {
            recalls.look();
        } catch (DatabaseAway _) {
            LOG.debug("Other installations are listened to when the database is back");
        }
    }

    @Override
    public void stop() {
        running = false;
        watch.shutdownNow();
        purse.releaseAll("stopped");
        try {
            journal.flush();
            slices.giveBackAll();
        } catch (DatabaseAway _) {
            LOG.warn("The database is away; what this installation leased goes back at the next start");
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
