package dev.sampan.training.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.data.NgramFeatures.Grams;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GramHeadTests {
    private static final int LABELS = 5;
    private static final int GRAMS = 12;
    private static final int ROWS = 60;

    @TempDir
    Path folder;

    @Test
    void findsTheMinimumThatLbfgsFinds() throws IOException {
        double lambda = 1.0 / (10 * ROWS);
        try (GramStore store = store()) {
            GramRows rows = new GramRows(List.of(store), null, 1);
            double[] dense = new double[(GRAMS + 1) * LABELS];
            double least = Lbfgs.minimise((at, gradient) -> value(rows, at, gradient, lambda), dense, 2000, 1e-9);

            GramHead found = new GramHead.Search(rows, LABELS, GRAMS).fit(lambda, 1);

            double[] weights = new double[dense.length];
            for (int i = 0; i < GRAMS * LABELS; i++) {
                weights[i] = found.gramWeights()[i];
            }
            for (int k = 0; k < LABELS; k++) {
                weights[GRAMS * LABELS + k] = found.bias()[k];
            }
            assertThat(value(rows, weights, new double[dense.length], lambda)).isCloseTo(least, within(1e-3));
        }
    }

    @Test
    void anotherStrengthStartsFromTheLastAndEndsWhereItWouldAlone() throws IOException {
        try (GramStore store = store()) {
            GramRows rows = new GramRows(List.of(store), null, 1);
            GramHead.Search path = new GramHead.Search(rows, LABELS, GRAMS);
            path.fit(0.1, 1);

            float[] after = path.fit(0.01, 1).gramWeights();

            assertThat(after)
                    .containsExactly(
                            new GramHead.Search(rows, LABELS, GRAMS)
                                    .fit(0.01, 1)
                                    .gramWeights(),
                            within(0.05f));
        }
    }

    private GramStore store() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        try (DataOutputStream ids = WholeFolder.stream(folder.resolve("ids"));
                DataOutputStream weights = WholeFolder.stream(folder.resolve("weights"));
                DataOutputStream offsets = WholeFolder.stream(folder.resolve("offsets"));
                DataOutputStream labels = WholeFolder.stream(folder.resolve("labels"))) {
            offsets.writeLong(0);
            for (int row = 0; row < ROWS; row++) {
                for (int k = 0; k < 3; k++) {
                    ids.writeInt(random.nextInt(GRAMS));
                    weights.writeFloat((float) random.nextDouble());
                }
                offsets.writeLong(3L * (row + 1));
                labels.writeInt(random.nextInt(LABELS));
            }
        }
        return new GramStore(folder);
    }

    /// f(W) and its gradient, written down plainly.
    private static double value(GramRows rows, double[] at, double[] gradient, double lambda) {
        double value = 0;
        for (int j = 0; j < at.length; j++) {
            value += lambda / 2 * at[j] * at[j];
            gradient[j] = lambda * at[j];
        }
        for (int row = 0; row < ROWS; row++) {
            Grams text = rows.grams(row);
            double[] z = new double[LABELS];
            double sum = 0;
            for (int k = 0; k < LABELS; k++) {
                z[k] = at[GRAMS * LABELS + k];
                for (int g = 0; g < 3; g++) {
                    z[k] += text.weights()[g] * at[text.ids()[g] * LABELS + k];
                }
                sum += Math.exp(z[k]);
            }
            value += (Math.log(sum) - z[rows.label(row)]) / ROWS;
            for (int k = 0; k < LABELS; k++) {
                double error = (Math.exp(z[k]) / sum - (k == rows.label(row) ? 1 : 0)) / ROWS;
                gradient[GRAMS * LABELS + k] += error;
                for (int g = 0; g < 3; g++) {
                    gradient[text.ids()[g] * LABELS + k] += error * text.weights()[g];
                }
            }
        }
        return value;
    }

    @Test
    void addsUpTheLogitsOfAHeadOfVectorsFittedApart() {
        LinearHead vectors = new LinearHead(2, 2, new double[] {1, 2, 3, 4, 0.5, -0.5});
        GramHead sum = GramHead.zero(2, 1, 0).plus(vectors, 0.5f);
        float[] logits = new float[2];
        sum.scores(new Grams(new int[] {0}, new float[] {1}), new float[] {10, 100}, logits);
        assertThat(logits).containsExactly(0.5f * (10 + 200 + 0.5f), 0.5f * (30 + 400 - 0.5f));
        assertThat(sum.vectorWeights(1)).containsExactly(0.5f, 1, 1.5f, 2);
    }
}
