package dev.sampan.data.internal.source;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// Work that another thread does.
public final class Elsewhere {
    private Elsewhere() {}

    /// Waits for the result; what went wrong there is thrown here as it is.
    ///
    /// @param doing for the message when the wait is interrupted: `reading`
    public static <T> T result(Future<T> work, String doing) throws IOException {
        try {
            return work.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException wrong -> throw wrong;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + doing, e);
        }
    }
}
