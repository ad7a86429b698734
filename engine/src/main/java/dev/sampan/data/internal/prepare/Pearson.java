package dev.sampan.data.internal.prepare;

/// Pearson's correlation of two columns in one pass (Welford's update of the co-moments); pairs with a value
/// that is missing do not count.
final class Pearson {
    private long n;
    private double meanX;
    private double meanY;
    private double xx;
    private double yy;
    private double xy;

    void add(double x, double y) {
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return;
        }
        n++;
        double dx = x - meanX;
        double dy = y - meanY;
        meanX += dx / n;
        meanY += dy / n;
        xx += dx * (x - meanX);
        yy += dy * (y - meanY);
        xy += dx * (y - meanY);
    }

    /// −1 to 1; 0 where one of the columns is constant.
    double r() {
        double scale = Math.sqrt(xx) * Math.sqrt(yy);
        return scale > 0 ? xy / scale : 0;
    }
}
