package dev.sampan.spec.internal;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Numbers with their ranges.
final class NumberTypes {
    /// What other tools take as a seed too: 32 bits without a sign.
    private static final long SEED_MAX = (1L << 32) - 1;

    private NumberTypes() {}

    static Type<Integer> whole(int min, int max) {
        return new Ranged<>("a whole number", "integer", Range.closed(min, max), BigDecimal::intValueExact, n -> n);
    }

    static Type<Long> seed() {
        return new Ranged<>("a whole number", "integer", Range.closed(0, SEED_MAX), BigDecimal::longValueExact, n -> n);
    }

    /// How many of something that may be more than an int holds.
    static Type<Long> count(long min, long max) {
        return new Ranged<>("a whole number", "integer", Range.closed(min, max), BigDecimal::longValueExact, n -> n);
    }

    static Type<Double> number(Range range) {
        return new Ranged<>("a number", "number", range, BigDecimal::doubleValue, n -> n);
    }

    /// An amount of money: kept exact from the file's letters on, and written as text so that it stays exact in JSON.
    static Type<BigDecimal> amount() {
        return new Amount();
    }

    /// From `min` to `max`.
    ///
    /// @param open `min` itself is not allowed
    record Range(BigDecimal min, boolean open, BigDecimal max) {
        static Range closed(double min, double max) {
            return new Range(BigDecimal.valueOf(min), false, BigDecimal.valueOf(max));
        }

        static Range closed(long min, long max) {
            return new Range(BigDecimal.valueOf(min), false, BigDecimal.valueOf(max));
        }

        static Range above(double min, double max) {
            return new Range(BigDecimal.valueOf(min), true, BigDecimal.valueOf(max));
        }

        boolean holds(BigDecimal value) {
            int low = value.compareTo(min);
            return (open ? low > 0 : low >= 0) && value.compareTo(max) <= 0;
        }

        String said() {
            if (min.compareTo(max) == 0) {
                return plain(min);
            }
            return open
                    ? "above " + plain(min) + ", at most " + plain(max)
                    : "from " + plain(min) + " to " + plain(max);
        }

        private static String plain(BigDecimal value) {
            return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        }
    }

    private interface Narrowing<T> {
        T narrow(BigDecimal exact);
    }

    private interface Writing<T> {
        Object write(T value);
    }

    private record Ranged<T>(String kind, String jsonType, Range range, Narrowing<T> narrowing, Writing<T> writing)
            implements Type<T> {
        @Override
        public @Nullable T read(Spot spot) {
            boolean whole = jsonType.equals("integer");
            BigDecimal value = numberAt(spot, wanted(), whole);
            if (value == null) {
                return null;
            }
            if (!range.holds(value)) {
                String received = spot.node() instanceof Tree.Leaf leaf ? leaf.text() : value.toString();
                spot.problem(Spot.OUT_OF_RANGE, spot.name() + " must be " + wanted() + ", but is " + received, null);
                return null;
            }
            return narrowing.narrow(value);
        }

        private String wanted() {
            return range.min().equals(range.max()) ? range.said() : kind + " " + range.said();
        }

        @Override
        public Object write(T value) {
            return writing.write(value);
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("type", jsonType);
            schema.put(range.open() ? "exclusiveMinimum" : "minimum", bare(range.min()));
            schema.put("maximum", bare(range.max()));
            return schema;
        }
    }

    private static Object bare(BigDecimal bound) {
        return bound.stripTrailingZeros().scale() <= 0 ? (Object) bound.longValueExact() : bound;
    }

    /// The number written here; null after telling that it is none.
    private static @Nullable BigDecimal numberAt(Spot spot, String wanted, boolean whole) {
        if (spot.node() instanceof Tree.Leaf leaf) {
            BigDecimal value = whole ? Scalars.whole(leaf.text()) : Scalars.number(leaf.text());
            if (value != null && leaf.plain()) {
                return value;
            }
            if (value != null) {
                spot.wrongType(wanted, "Write it without quotation marks");
                return null;
            }
        }
        spot.wrongType(wanted, null);
        return null;
    }

    private record Amount() implements Type<BigDecimal> {
        private static final BigDecimal MAX = BigDecimal.valueOf(1_000_000);
        private static final int DECIMALS_MAX = 9;
        private static final String WANTED = "an amount such as 0.002";

        @Override
        public @Nullable BigDecimal read(Spot spot) {
            BigDecimal value = spot.node() instanceof Tree.Leaf leaf && !Scalars.isExponential(leaf.text())
                    ? Scalars.number(leaf.text())
                    : null;
            if (value == null) {
                spot.wrongType(WANTED, null);
                return null;
            }
            if (value.signum() < 0
                    || value.compareTo(MAX) > 0
                    || value.stripTrailingZeros().scale() > DECIMALS_MAX) {
                spot.problem(
                        Spot.OUT_OF_RANGE,
                        spot.name() + " must be from 0 to 1000000 with at most nine decimals, but is "
                                + value.toPlainString(),
                        null);
                return null;
            }
            return value;
        }

        @Override
        public Object write(BigDecimal value) {
            return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("type", List.of("string", "number"));
            schema.put("minimum", 0);
            schema.put("maximum", MAX);
            schema.put("pattern", "^[0-9]+(\\.[0-9]{1,9})?$");
            return schema;
        }
    }
}
