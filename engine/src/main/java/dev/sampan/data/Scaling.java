package dev.sampan.data;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Arrays;

/// How a number is scaled, with what was fitted for it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Scaling.None.class, name = "none"),
    @JsonSubTypes.Type(value = Scaling.Linear.class, name = "linear"),
    @JsonSubTypes.Type(value = Scaling.Quantile.class, name = "quantile")
})
public sealed interface Scaling {
    /// @param x finite
    double apply(double x);

    /// x as it stands.
    record None() implements Scaling {
        @Override
        public double apply(double x) {
            return x;
        }
    }

    /// (x − shift) / scale. With mean and standard deviation it is scikit-learn's `StandardScaler`, with the least
    /// value and the range its `MinMaxScaler`.
    ///
    /// @param scale greater than 0
    record Linear(double shift, double scale) implements Scaling {
        public Linear {
            if (!(scale > 0) || !Double.isFinite(scale) || !Double.isFinite(shift)) {
                throw new IllegalArgumentException("shift " + shift + ", scale " + scale);
            }
        }

        /// A scale of 0, where all values are one, counts as 1.
        static Linear of(double shift, double scale) {
            return new Linear(shift, scale > 0 && Double.isFinite(scale) ? scale : 1);
        }

        @Override
        public double apply(double x) {
            return (x - shift) / scale;
        }
    }

    /// The share of the training rows below x, 0 to 1, interpolated between quantiles; where many rows have one value,
    /// the middle of their shares. This is scikit-learn's `QuantileTransformer` with a uniform output.
    ///
    /// @param values at the shares 0, 1/(n−1), … 1; ascending, at least two
    record Quantile(double... values) implements Scaling {
        public Quantile {
            values = values.clone();
            for (int i = 0; i < values.length; i++) {
                if (values.length < 2 || !Double.isFinite(values[i]) || (i > 0 && values[i] < values[i - 1])) {
                    throw new IllegalArgumentException("quantiles " + Arrays.toString(values));
                }
            }
        }

        @Override
        public double apply(double x) {
            int last = values.length - 1;
            if (x <= values[0] || x >= values[last]) {
                return x <= values[0] ? 0 : 1;
            }
            int found = Arrays.binarySearch(values, x);
            if (found < 0) {
                int above = -found - 1;
                double step = (x - values[above - 1]) / (values[above] - values[above - 1]);
                return (above - 1 + step) / last;
            }
            int first = found;
            int end = found;
            while (values[first - 1] == x) {
                first--;
            }
            while (values[end + 1] == x) {
                end++;
            }
            return (first + end) / 2.0 / last;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Quantile(double[] others) && Arrays.equals(values, others);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }
}
