package dev.sampan.training.internal;

import java.time.Duration;
import java.util.Optional;

/// Ends this process when the one that started it is gone: nobody would read what it says, and its successor will begin
/// the same work from the last checkpoint. Asked for by `-Dsampan.child=true`, since a person's shell may go.
public final class ParentWatch {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int ORPHANED = 143;

    private ParentWatch() {}

    /// Begins to watch, if asked to.
    public static void start() {
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        if (Boolean.getBoolean("sampan.child") && parent.isPresent()) {
            long pid = parent.get().pid();
            Thread.ofPlatform().name("parent-watch").daemon().start(() -> watch(pid));
        }
    }

    private static void watch(long parent) {
        try {
            while (ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L) == parent) {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            return; // this process ends already
        }
        // Without the stop that SIGTERM gets: what it would write, the successor may be writing.
        Runtime.getRuntime().halt(ORPHANED);
    }
}
