package dev.sampan.runtime;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A thread with room for native recursion. ONNX Runtime 1.29 recurses while it makes its environment, some frames for
/// each letter of the process's command line, and while it walks a graph, some for each node of the longest path. A
/// class path of 12 kB overflows the megabyte that a Java thread has by default, and a native overflow ends the process
/// without a word.
public final class DeepStack {
    /// Address space, not memory: pages are used as they are touched.
    private static final long BYTES = 512L << 20;

    private DeepStack() {}

    /// What may be done there; may throw what the caller wants to see.
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /// Runs the work on such a thread and waits for it.
    ///
    /// @param declared the exception that the work may throw, rethrown as it is
    public static <T, E extends Exception> T call(Class<E> declared, Work<T, E> work) throws E {
        FutureTask<T> task = new FutureTask<>(work::run);
        new Thread(null, task, "deep-stack", BYTES).start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (declared.isInstance(e.getCause())) {
                throw declared.cast(e.getCause());
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("work on a deep stack failed", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
