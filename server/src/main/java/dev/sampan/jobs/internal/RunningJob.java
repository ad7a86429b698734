package dev.sampan.jobs.internal;

import dev.sampan.database.DatabaseAway;
import dev.sampan.jobs.Job;
import dev.sampan.kernel.Progress;
import dev.sampan.shell.LiveEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// A job in the hands of this node: where its work tells how far it is, and hears that it is to stop.
final class RunningJob implements Progress {
    /// A page cannot show more, and a row need not be written more often.
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Job job;
    private final String node;
    private final JobStore store;
    private final LiveEvents events;
    private final InstantSource clock;
    private Instant quietUntil = Instant.MIN;
    private volatile boolean cancelRequested;
    private volatile boolean nodeStops;

    RunningJob(Job job, String node, JobStore store, LiveEvents events, InstantSource clock) {
        this.job = job;
        this.node = node;
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    Job job() {
        return job;
    }

    @Override
    public synchronized void at(String step, long done, long total, String note) {
        Instant now = clock.instant();
        if (now.isBefore(quietUntil)) {
            return;
        }
        quietUntil = now.plus(PAUSE);
        try {
            store.progress(job, node, step, done, total, note);
        } catch (DatabaseAway away) {
            // Work goes on without being seen; its end needs the database and will wait for it.
            quietUntil = now.plus(PAUSE.multipliedBy(8));
        }
        events.publish("job/" + job.id(), "progress", Map.of("step", step, "done", done, "total", total, "note", note));
    }

    @Override
    public boolean cancelled() {
        return cancelRequested || nodeStops;
    }

    void requestCancel() {
        cancelRequested = true;
    }

    /// The platform stops: the work is put back, not cancelled.
    void nodeStops() {
        nodeStops = true;
    }

    boolean wasAskedToEnd() {
        return cancelRequested;
    }
}
