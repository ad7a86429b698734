package dev.sampan.serving.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// As many calls compute at once as there are processors; some more may wait a moment, the rest are told to come back,
/// since waiting longer than a caller does helps nobody.
final class Capacity {
    private static final int WAITING_MAX = 64;
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final Semaphore computing;
    private final int waitingMax;
    private final Duration wait;

    Capacity(int computing, int waitingMax, Duration wait) {
        this.computing = new Semaphore(computing, true);
        this.waitingMax = waitingMax;
        this.wait = wait;
    }

    static Capacity ofThisMachine() {
        return new Capacity(Runtime.getRuntime().availableProcessors(), WAITING_MAX, WAIT);
    }

    /// @throws ProblemException `serving.overloaded`
    <T> T within(Supplier<T> call) {
        if (!acquired()) {
            throw new ProblemException(Problem.of("serving.overloaded", "All processors are busy with other calls")
                    .remedy("Try again in a second"));
        }
        try {
            return call.get();
        } finally {
            computing.release();
        }
    }

    private boolean acquired() {
        if (computing.tryAcquire()) {
            return true;
        }
        if (computing.getQueueLength() >= waitingMax) {
            return false;
        }
        try {
            return computing.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
