package dev.sampan.shell;

import java.util.List;

/// Where the keys page gets calls that work now; the room that serves models is such a bean.
@FunctionalInterface
public interface CallExamples {
    /// One for each live model, by name.
    List<CallExample> callExamples();
}
