package dev.sampan.data;

import dev.sampan.data.ColumnFitting.Answered;
import dev.sampan.data.ColumnFitting.Taste;
import dev.sampan.spec.Preprocessing.Bounds;
import dev.sampan.spec.Preprocessing.Missing;
import dev.sampan.spec.Preprocessing.Normalization;
import dev.sampan.spec.Preprocessing.Numbers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fits a [NumberColumn].
final class NumberFit implements ColumnFit {
    private final String name;
    private final Numbers how;
    private final Taste taste;
    private Figures figures = new Figures();
    private long gaps;

    NumberFit(String name, Numbers how, Taste taste) {
        this.name = name;
        this.how = how;
        this.taste = taste;
    }

    @Override
    public void add(String value, Answered answered) {
        if (value.isBlank()) {
            gaps++;
            return;
        }
        Double number = Decimals.parse(value.strip());
        if (number == null) {
            throw ColumnFitting.invalid(name, "numbers", value, answered);
        }
        Bounds clip = how.clip();
        figures.add(clip == null ? number : Math.clamp(number, clip.low(), clip.high()));
    }

    @Override
    public FittedColumn fitted(int withoutFold) {
        boolean any = figures.count() > 0;
        Bounds clip = bounds();
        Figures seen = clip == null || how.clip() != null || !any ? figures : figures.clipped(clip.low(), clip.high());
        Missing missing =
                how.missing() != Missing.AUTO ? how.missing() : taste == Taste.TREES ? Missing.KEEP : Missing.MEDIAN;
        Normalization normalization = how.normalization() != Normalization.AUTO
                ? how.normalization()
                : taste == Taste.TREES ? Normalization.NONE : Normalization.ZSCORE;
        return new NumberColumn(
                name,
                fill(missing, seen),
                gaps > 0 && missing != Missing.KEEP,
                clip == null ? null : (Double) clip.low(),
                clip == null ? null : (Double) clip.high(),
                seen.scaling(normalization),
                any ? middle(seen) : 0);
    }

    /// The median where it is a value that rows have.
    private static double middle(Figures figures) {
        double median = figures.median();
        return Double.isFinite(median) ? median : 0;
    }

    private @Nullable Bounds bounds() {
        Bounds shares = how.clipQuantiles();
        if (shares == null || figures.count() == 0) {
            return how.clip();
        }
        return new Bounds(figures.quantile(shares.low()), figures.quantile(shares.high()));
    }

    private @Nullable Double fill(Missing missing, Figures seen) {
        if (seen.count() == 0 && missing != Missing.KEEP && missing != Missing.CONSTANT) {
            return 0.0;
        }
        return switch (missing) {
            case MEDIAN -> seen.median();
            case MEAN -> seen.mean();
            case MOST_FREQUENT -> seen.mostFrequent();
            case CONSTANT -> how.fillValue();
            case KEEP -> null;
            case AUTO -> throw new IllegalArgumentException("decide first");
        };
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (figures.count() == 0) {
            notes.add("'" + name + "' has no value in any training row");
        } else if (gaps > 0) {
            notes.add("'" + name + "' is missing in " + gaps + " of " + (gaps + figures.count()) + " training rows");
        }
        return notes;
    }
}
