package dev.sampan.billing.internal;

import dev.sampan.database.DatabaseAway;
import dev.sampan.metering.CallJournal;
import java.util.List;
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
    private static final long TIDY_MINUTES = 5;

    private final JournalledPurse purse;
    private final Slices slices;
    private final CallJournal journal;
    private final Upkeep upkeep;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("purse").daemon().factory());
    private volatile boolean running;

    /// What is looked after beside the calls. Each ends by itself, or with [DatabaseAway]: then it is done again later.
    ///
    /// @param rarely done at the start and every five minutes
    /// @param often done at the start and every half minute
    /// @param soon what other installations do is seen here within so short a time
    record Upkeep(List<Runnable> rarely, List<Runnable> often, List<Runnable> soon) {
        Upkeep {
            rarely = List.copyOf(rarely);
            often = List.copyOf(often);
            soon = List.copyOf(soon);
        }
    }

    PurseLife(JournalledPurse purse, Slices slices, CallJournal journal, Upkeep upkeep) {
        this.purse = purse;
        this.slices = slices;
        this.journal = journal;
        this.upkeep = upkeep;
    }

    /// The journal has drained what earlier runs left: it did so before it could be had.
    @Override
    public void start() {
        slices.giveBackAll();
        upkeep.rarely.forEach(Runnable::run);
        upkeep.often.forEach(Runnable::run);
        watch.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        watch.scheduleWithFixedDelay(() -> all(upkeep.soon), LISTEN_MILLIS, LISTEN_MILLIS, TimeUnit.MILLISECONDS);
        watch.scheduleWithFixedDelay(() -> all(upkeep.rarely), TIDY_MINUTES, TIDY_MINUTES, TimeUnit.MINUTES);
        running = true;
    }

    private void look() {
        purse.expire();
        all(upkeep.often);
    }

    /// What fails for another reason than an absent database is told, and does not end the watch.
    private static void all(List<Runnable> tasks) {
        for (Runnable task : tasks) {
            try {
                task.run();
            } catch (DatabaseAway _) {
                LOG.debug("The books are looked after again when the database is back");
            } catch (RuntimeException e) {
                LOG.error("A part of the upkeep of wallets and funds failed; it is tried again", e);
            }
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
