package dev.sampan.integrity.internal;

import dev.sampan.database.DatabaseAway;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Has one node of all look each hour; the first time a minute after the start, when work has settled.
final class HourlyInspection implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(HourlyInspection.class);

    private final Inspector inspector;
    private final InspectionStore store;
    private final InstantSource clock;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("integrity").daemon().factory());
    private volatile boolean running;

    HourlyInspection(Inspector inspector, InspectionStore store, InstantSource clock) {
        this.inspector = inspector;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void start() {
        watch.scheduleWithFixedDelay(this::look, 60, 60, TimeUnit.SECONDS);
        running = true;
    }

    private void look() {
        try {
            if (store.takeHour(clock.instant())) {
                inspector.inspect();
            }
        } catch (DatabaseAway _) {
            LOG.debug("The database is away; the inspection follows when it is back");
        }
    }

    @Override
    public void stop() {
        running = false;
        watch.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
