package dev.sampan.training.loop;

import dev.sampan.kernel.Progress;
import dev.sampan.training.MetricListener;

/// Who hears how a run goes.
public record Audience(Progress progress, MetricListener metrics) {
    /// Hears nothing and never cancels.
    public static final Audience NONE = new Audience(Progress.NONE, MetricListener.NONE);
}
