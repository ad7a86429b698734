package dev.sampan.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.spec.TrainSpec.BestMetric;
import org.junit.jupiter.api.Test;

class ScoresTests {
    @Test
    void countsAsScikitLearnDoes() {
        Scores.Counter counter = new Scores.Counter(4); // the fourth label occurs nowhere
        counter.add(new float[] {2, 0, 0, -9, 0, 1, 0, -9, 0, 3, 0, -9}, new int[] {0, 0, 1});
        Scores.Counter other = new Scores.Counter(4);
        other.add(new float[] {0, 0, 5, -9}, new int[] {2});
        counter.add(other);

        Scores scores = counter.scores();

        assertThat(scores.accuracy()).isEqualTo(0.75);
        assertThat(scores.f1Macro()).isCloseTo((2 / 3.0 + 2 / 3.0 + 1) / 3, within(1e-12));
        assertThat(scores.loss()).isCloseTo((0.2395 + 1.5514 + 0.0949 + 0.0134) / 4, within(1e-3));
    }

    @Test
    void breaksATieOfTheMetricByTheLoss() {
        Scores before = new Scores(0.5, 0.9, 0.8);

        assertThat(new Scores(0.4, 0.1, 0.8).betterThan(before, BestMetric.F1_MACRO))
                .isTrue();
        assertThat(new Scores(0.4, 0.99, 0.79).betterThan(before, BestMetric.F1_MACRO))
                .isFalse();
        assertThat(new Scores(0.4, 0.1, 0.1).betterThan(before, BestMetric.LOSS))
                .isTrue();
        assertThat(before.betterThan(before, BestMetric.ACCURACY)).isFalse();
    }
}
