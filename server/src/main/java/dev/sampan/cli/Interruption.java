package dev.sampan.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C and SIGTERM: the work is told by `Progress.cancelled()` and gets some seconds to leave nothing half-written
/// before the process ends.
final class Interruption {
    private static final long PATIENCE_SECONDS = 10;
    private static volatile boolean requested;

    private final CountDownLatch finished = new CountDownLatch(1);

    private Interruption() {}

    static Interruption watch() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::await, "interruption"));
        return interruption;
    }

    static boolean requested() {
        return requested;
    }

    void finished() {
        finished.countDown();
    }

    private void await() {
        requested = true;
        try {
            finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
