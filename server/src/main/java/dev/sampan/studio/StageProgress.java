package dev.sampan.studio;

import dev.sampan.kernel.Progress;
import dev.sampan.search.Trial;
import java.util.Map;

/// Progress of a stage, and the figures of each epoch while it trains.
public interface StageProgress extends Progress {
    /// @param figures such as `epoch`, `train_loss`, `validation_f1_macro`
    void epoch(Map<String, Object> figures);

    /// Each time a trial of a search has got a score or has failed.
    ///
    /// @param metric what it is compared by
    default void trial(Trial trial, String metric) {
        // The leaderboard tells of them all in the end.
    }

    /// For callers who watch the progress alone.
    static StageProgress of(Progress progress) {
        return new StageProgress() {
            @Override
            public void epoch(Map<String, Object> figures) {
                // Nobody draws curves here.
            }

            @Override
            public void at(String step, long done, long total, String note) {
                progress.at(step, done, total, note);
            }

            @Override
            public boolean cancelled() {
                return progress.cancelled();
            }
        };
    }
}
