package dev.sampan.integrity.internal;

import dev.sampan.database.Watch;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.SmartLifecycle;

/// Has one node of all look each hour; the first time a minute after the start, when work has settled.
final class HourlyInspection implements SmartLifecycle {
    private final Inspector inspector;
    private final InspectionStore store;
    private final InstantSource clock;
    private final Watch watch = Watch.every(Duration.ofMinutes(1), "integrity", this::look);

    HourlyInspection(Inspector inspector, InspectionStore store, InstantSource clock) {
        this.inspector = inspector;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void start() {
        watch.start();
    }

    private void look() {
        if (store.takeHour(clock.instant())) {
            inspector.inspect();
        }
    }

    @Override
    public void stop() {
        watch.stop();
    }

    @Override
    public boolean isRunning() {
        return watch.running();
    }
}
