package dev.sampan.jobs;

import dev.sampan.kernel.Progress;

/// What a kind of job does; a room contributes one as a bean. May run again after a crash, so it must be idempotent.
public interface JobWork {
    String kind();

    /// @param progress reaches the job's row and page; turns cancelled when somebody cancels the job
    /// @throws dev.sampan.kernel.ProblemException the job fails with its first problem and is not tried again
    /// @throws java.util.concurrent.CancellationException the job ends as cancelled
    void run(Job job, Progress progress);
}
