package dev.sampan.training.loop;

/// Watches the loss of the steps for an explosion, which is a loss that stays far above what it had come down to.
///
/// @param smoothed mean of the last steps
/// @param least smallest mean so far
/// @param high steps in a row that were far above it
record Trend(double smoothed, double least, int high) {
    static final Trend START = new Trend(Double.NaN, Double.MAX_VALUE, 0);

    private static final double KEPT = 0.9;
    private static final double FAR = 1e4;
    /// A loss that is nothing for a while may come back to something.
    private static final double LEAST = 1e-4;

    private static final int STEPS = 20;

    Trend after(double loss) {
        double mean = Double.isNaN(smoothed) ? loss : KEPT * smoothed + (1 - KEPT) * loss;
        boolean far = least < Double.MAX_VALUE && loss > FAR * Math.max(LEAST, least);
        return new Trend(mean, Math.min(least, mean), far ? high + 1 : 0);
    }

    boolean exploded() {
        return high >= STEPS;
    }
}
