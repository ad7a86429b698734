package dev.sampan.compute;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Threads that each take whole parts of a task, one libtorch thread in each. What is to be summed over parts is summed
/// by the caller in their order, so that results do not depend on the number of threads.
public final class Lanes implements AutoCloseable {
    /// No thread but the caller's.
    public static final Lanes ONE = new Lanes(1, Executors.newFixedThreadPool(1)); // which is never asked

    private final int count;
    private final ExecutorService threads;

    public Lanes(int count) {
        this(count, Executors.newFixedThreadPool(count, Lanes::thread));
        Torch.useOneThreadPerCall();
    }

    private Lanes(int count, ExecutorService threads) {
        this.count = count;
        this.threads = threads;
    }

    private static Thread thread(Runnable task) {
        return Thread.ofPlatform().daemon().name("learning").unstarted(() -> {
            Torch.useOneThreadPerCall();
            task.run();
        });
    }

    public int count() {
        return count;
    }

    /// Every part has ended when this returns or throws: none may touch native memory afterwards.
    public void run(int parts, IntConsumer work) {
        if (count == 1 || parts == 1) {
            IntStream.range(0, parts).forEach(work);
            return;
        }
        List<Future<?>> running = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int own = part;
            running.add(threads.submit(() -> work.accept(own)));
        }
        List<RuntimeException> failures =
                running.stream().map(Lanes::failure).filter(Objects::nonNull).toList();
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    /// Many small parts: each thread takes every n-th of them.
    public void share(int parts, IntConsumer work) {
        int used = Math.min(count, parts);
        run(used, lane -> {
            for (int part = lane; part < parts; part += used) {
                work.accept(part);
            }
        });
    }

    /// Work that is one whole: this thread does it, with all cores inside libtorch's operations. Sums may then come out
    /// otherwise in the last bit with another number of threads.
    public void together(Runnable work) {
        Torch.useThreads(count);
        try {
            work.run();
        } finally {
            Torch.useThreads(1);
        }
    }

    private static @Nullable RuntimeException failure(Future<?> future) {
        try {
            future.get();
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new IllegalStateException("interrupted while learning", e);
        } catch (ExecutionException e) {
            return e.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException("a part of the work failed", e.getCause());
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
