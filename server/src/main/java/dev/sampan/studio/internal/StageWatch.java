package dev.sampan.studio.internal;

import dev.sampan.database.DatabaseAway;
import dev.sampan.kernel.Progress;
import dev.sampan.search.Trial;
import dev.sampan.shell.LiveEvents;
import dev.sampan.studio.Run.StageState;
import dev.sampan.studio.Run.State;
import dev.sampan.studio.StageName;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Voyage;
import dev.sampan.studio.tracking.OwnRuns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps the row of a running stage and tells its page, four times a second at the most: a page cannot show more.
final class StageWatch implements StageProgress {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final StageName stage;
    private final Voyage voyage;
    private final Progress job;
    private final RunStore store;
    private final LiveEvents events;
    private final InstantSource clock;
    private final Deque<Map<String, Object>> unwritten = new ArrayDeque<>();
    private final Deque<OwnRuns.Tried> untold = new ArrayDeque<>();
    private Instant quietUntil = Instant.MIN;
    private long done;
    private long total;
    private String note = "";

    StageWatch(StageName stage, Voyage voyage, Progress job, RunStore store, LiveEvents events, InstantSource clock) {
        this.stage = stage;
        this.voyage = voyage;
        this.job = job;
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public synchronized void at(String step, long done, long total, String note) {
        this.done = done;
        this.total = total;
        this.note = note;
        job.at(step, done, total, note);
        Instant now = clock.instant();
        if (!now.isBefore(quietUntil)) {
            quietUntil = now.plus(PAUSE);
            try {
                stageIs(State.RUNNING);
            } catch (DatabaseAway away) {
                // Work goes on without being seen; its end needs the database and will wait for it.
                quietUntil = now.plus(PAUSE.multipliedBy(8));
            }
        }
    }

    @Override
    public boolean cancelled() {
        return job.cancelled();
    }

    @Override
    public synchronized void epoch(Map<String, Object> figures) {
        unwritten.addLast(figures);
        try {
            writeEpochs();
        } catch (DatabaseAway away) {
            // They are written with the next ones, or at the end.
            quietUntil = clock.instant().plus(PAUSE.multipliedBy(8));
        }
        events.publish("run/" + voyage.run(), "epoch", figures);
    }

    @Override
    public synchronized void trial(Trial trial, String metric) {
        untold.addLast(new OwnRuns.Tried(trial, metric));
        try {
            writeTrials();
        } catch (DatabaseAway away) {
            // They are written with the next ones, or at the end.
            quietUntil = clock.instant().plus(PAUSE.multipliedBy(8));
        }
    }

    private void writeTrials() {
        while (!untold.isEmpty()) {
            store.trial(voyage.tenant(), voyage.run(), untold.getFirst(), voyage.actor());
            untold.removeFirst();
        }
    }

    private void writeEpochs() {
        while (!unwritten.isEmpty()) {
            if (unwritten.getFirst().get("epoch") instanceof Number epoch) {
                store.epoch(voyage.tenant(), voyage.run(), epoch.intValue(), unwritten.getFirst());
            }
            unwritten.removeFirst();
        }
    }

    synchronized void stageIs(State state) {
        StageState row = row(state, false, null, Map.of());
        store.stageIs(voyage.tenant(), voyage.run(), row);
        events.publish("run/" + voyage.run(), "stage", row);
    }

    /// The row to be written when the stage has ended; a stage that succeeded has done all of its units.
    synchronized StageState ended(State state, boolean cached, Duration took, Map<String, Object> figures) {
        writeEpochs();
        writeTrials();
        if (state == State.SUCCEEDED) {
            done = total;
        }
        return row(state, cached, took, figures);
    }

    private StageState row(State state, boolean cached, @Nullable Duration took, Map<String, Object> figures) {
        return new StageState(stage, state, done, total, note, cached, took, figures);
    }
}
