package dev.sampan.spec.internal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A day, such as 2027-02-28.
record DateType() implements Type<LocalDate> {
    @Override
    public @Nullable LocalDate read(Spot spot) {
        if (spot.node() instanceof Tree.Leaf leaf && !leaf.isNull()) {
            try {
                return LocalDate.parse(leaf.text());
            } catch (DateTimeException _) {
                spot.wrongType("a day", "Write it as 2027-02-28");
                return null;
            }
        }
        spot.wrongType("a day", "Write it as 2027-02-28");
        return null;
    }

    @Override
    public Object write(LocalDate value) {
        return value.toString();
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "string", "format", "date");
    }
}
