package dev.sampan.data;

import dev.sampan.data.ColumnFitting.Answered;
import dev.sampan.data.ColumnFitting.Taste;
import dev.sampan.spec.Preprocessing.Dates;
import dev.sampan.spec.Preprocessing.Normalization;
import dev.sampan.spec.Preprocessing.Part;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Fits a [DateColumn].
final class DateFit implements ColumnFit {
    private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

    private final String name;
    private final Dates how;
    private final Taste taste;
    private final Figures seconds = new Figures();
    private final Map<Part, Figures> parts = new EnumMap<>(Part.class);
    private long gaps;
    private String first = "";

    DateFit(String name, Dates how, Taste taste) {
        this.name = name;
        this.how = how;
        this.taste = taste;
        how.parts().forEach(part -> parts.put(part, new Figures()));
    }

    @Override
    public void add(String value, Answered answered) {
        if (value.isBlank()) {
            gaps++;
            return;
        }
        LocalDateTime moment = Moments.parse(value, how.format());
        if (moment == null) {
            throw ColumnFitting.invalid(name, "dates", value, answered);
        }
        first = first.isEmpty() ? value : first;
        seconds.add(moment.toEpochSecond(ZoneOffset.UTC));
        parts.forEach((part, figures) -> figures.add(DateColumn.number(part, moment, EPOCH)));
    }

    @Override
    public FittedColumn fitted(int withoutFold) {
        boolean trees = taste == Taste.TREES;
        boolean any = seconds.count() > 0;
        LocalDateTime origin = any ? moment(seconds.least()) : EPOCH;
        LocalDateTime middle = any ? moment(seconds.median()) : EPOCH;
        double originDays = DateColumn.number(Part.ELAPSED, origin, EPOCH);
        List<Scaling> scalings = new ArrayList<>();
        for (Part part : how.parts()) {
            if (DateColumn.around(part, how.cyclic())) {
                continue;
            }
            Scaling scaling =
                    Objects.requireNonNull(parts.get(part)).scaling(trees ? Normalization.NONE : Normalization.ZSCORE);
            scalings.add(
                    part == Part.ELAPSED && scaling instanceof Scaling.Linear(double shift, double scale)
                            ? new Scaling.Linear(shift - originDays, scale)
                            : scaling);
        }
        return new DateColumn(
                name,
                how.format(),
                how.parts(),
                how.cyclic(),
                origin,
                trees ? null : middle,
                gaps > 0 && !trees,
                scalings,
                first);
    }

    private static LocalDateTime moment(double seconds) {
        return LocalDateTime.ofEpochSecond((long) seconds, 0, ZoneOffset.UTC);
    }

    @Override
    public List<String> notes() {
        if (seconds.count() == 0) {
            return List.of("'" + name + "' has no value in any training row");
        }
        return gaps == 0
                ? List.of()
                : List.of(
                        "'" + name + "' is missing in " + gaps + " of " + (gaps + seconds.count()) + " training rows");
    }
}
