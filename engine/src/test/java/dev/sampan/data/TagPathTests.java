package dev.sampan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TagPathTests {
    private static final List<String> TAGS = List.of("O", "B-a", "I-a", "B-b", "I-b");

    @Test
    void findsTheBestOfAllAllowedWaysAndHowProbableItsTagsAre() {
        SplittableRandom random = new SplittableRandom(8);
        for (int round = 0; round < 20; round++) {
            float[] transitions = new float[49];
            float[][] scores = new float[4][5];
            for (int i = 0; i < transitions.length; i++) {
                transitions[i] = (float) random.nextGaussian();
            }
            for (float[] row : scores) {
                for (int k = 0; k < row.length; k++) {
                    row[k] = (float) (2 * random.nextGaussian());
                }
            }
            TagPath paths = new TagPath(new Target.Tags(TAGS, transitions));
            int[] best = paths.best(scores);

            assertWrittenOut(transitions, scores, best, paths.probabilities(scores, best));
        }
    }

    private static void assertWrittenOut(float[] transitions, float[][] scores, int[] best, double[] found) {
        double most = Double.NEGATIVE_INFINITY;
        double all = 0;
        double[] through = new double[4];
        int[] expected = {};
        for (int way = 0; way < 625; way++) {
            int[] tags = {way / 125, way / 25 % 5, way / 5 % 5, way % 5};
            double score = score(transitions, scores, tags);
            all += Math.exp(score);
            for (int t = 0; t < 4; t++) {
                through[t] += tags[t] == best[t] ? Math.exp(score) : 0;
            }
            if (score > most) {
                most = score;
                expected = tags;
            }
        }
        assertThat(best).isEqualTo(expected);
        for (int t = 0; t < 4; t++) {
            assertThat(found[t]).isCloseTo(through[t] / all, within(1e-6));
        }
    }

    private static double score(float[] transitions, float[][] scores, int[] tags) {
        double sum = transitions[5 * 7 + tags[0]] + transitions[tags[3] * 7 + 6];
        String before = "O";
        for (int t = 0; t < 4; t++) {
            String tag = TAGS.get(tags[t]);
            if (tag.startsWith("I-")
                    && (before.equals("O") || !before.substring(2).equals(tag.substring(2)))) {
                return Double.NEGATIVE_INFINITY;
            }
            sum += scores[t][tags[t]] + (t == 0 ? 0 : transitions[tags[t - 1] * 7 + tags[t]]);
            before = tag;
        }
        return sum;
    }

    @Test
    void neverTakesAForbiddenWayHoweverHighItsScore() {
        float[][] scores = {{0, 0, 9, 0, 0}, {0, 0, 0, 0, 9}};

        int[] best = new TagPath(new Target.Tags(TAGS, new float[0])).best(scores);

        assertThat(best).containsExactly(3, 4);
    }
}
