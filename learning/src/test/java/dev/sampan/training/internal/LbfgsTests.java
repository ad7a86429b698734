package dev.sampan.training.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LbfgsTests {
    @Test
    void findsTheMinimumOfABadlyScaledQuadratic() {
        double[] scales = {1, 10, 1000, 0.1, 50};
        double[] minimum = {1, -2, 3, -4, 5};
        double[] x = new double[5];

        double value = Lbfgs.minimise(
                (at, gradient) -> {
                    double sum = 0;
                    for (int i = 0; i < 5; i++) {
                        gradient[i] = scales[i] * (at[i] - minimum[i]);
                        sum += scales[i] / 2 * (at[i] - minimum[i]) * (at[i] - minimum[i]);
                    }
                    return sum + 7;
                },
                x,
                200,
                1e-9);

        assertThat(value).isCloseTo(7, within(1e-8));
        assertThat(x).containsExactly(minimum, within(1e-3));
    }

    @Test
    void staysWhereTheGradientIsZero() {
        double[] x = {3};

        assertThat(Lbfgs.minimise((_, gradient) -> gradient[0] = 0, x, 10, 1e-9))
                .isZero();
        assertThat(x).containsExactly(3);
    }
}
