package dev.sampan.training.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.compute.Lanes;
import dev.sampan.spec.TrainSpec;
import dev.sampan.spec.TrainSpec.BestMetric;
import dev.sampan.training.loop.Audience;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinearHeadTests {
    private static final int DIMENSION = 6;
    private static final int ROWS = 2100; // three pieces

    @TempDir
    Path folder;

    @Test
    void endsWhereTheGradientOfThePenalisedLossIsZero() throws IOException {
        double lambda = 1e-3;
        try (TokenStore tokens = Texts.store(folder.resolve("tokens"), ROWS, 1);
                VectorStore vectors = vectors("vectors", tokens, 3);
                Lanes lanes = new Lanes(1)) {
            LinearHead head = LinearHead.zero(Texts.LABELS, DIMENSION).fit(List.of(vectors), lambda, lanes);

            assertThat(gradient(head, vectors, lambda)).containsExactly(new double[Texts.LABELS * 7], within(2e-5));
            assertThat(head.judge(vectors, lanes).accuracy()).isGreaterThan(0.9);
        }
    }

    @Test
    void findsTheSameWeightsOnAnyNumberOfThreads() throws IOException {
        try (TokenStore tokens = Texts.store(folder.resolve("tokens"), ROWS, 1);
                VectorStore vectors = vectors("vectors", tokens, 3);
                Lanes one = new Lanes(1);
                Lanes three = new Lanes(3)) {
            LinearHead zero = LinearHead.zero(Texts.LABELS, DIMENSION);

            assertThat(zero.fit(List.of(vectors), 1e-4, three).parameters())
                    .containsExactly(zero.fit(List.of(vectors), 1e-4, one).parameters());
        }
    }

    @Test
    void letsValidationChooseThePenaltyAndThenLearnsFromItsRowsToo() throws IOException {
        try (TokenStore tokens = Texts.store(folder.resolve("tokens"), 300, 1);
                TokenStore others = Texts.store(folder.resolve("others"), 300, 2);
                VectorStore train = vectors("train", tokens, 3);
                VectorStore validation = vectors("validation", others, 4);
                Lanes lanes = new Lanes(1)) {
            HeadTraining.Result chosen =
                    training(train, validation, HeadTraining.CHOOSE, lanes).run(Texts.LABELS);
            HeadTraining.Result given = training(train, validation, 0.5, lanes).run(Texts.LABELS);

            assertThat(chosen.history()).as("two after the best end the search").hasSizeBetween(3, 9);
            double best = chosen.history().stream()
                    .mapToDouble(figures -> figures.get("validation_loss"))
                    .min()
                    .orElseThrow();
            assertThat(chosen.history().get(chosen.tried() - 1))
                    .containsEntry("validation_loss", best)
                    .containsEntry("weight_decay", chosen.lambda());
            assertThat(gradient(chosen.head(), train, chosen.lambda()))
                    .as("no longer the minimum of the training rows alone")
                    .isNotEqualTo(new double[Texts.LABELS * 7]);
            assertThat(given.history()).hasSize(1);
            assertThat(given.lambda()).isEqualTo(0.5);
        }
    }

    private static HeadTraining training(VectorStore train, VectorStore validation, double decay, Lanes lanes) {
        TrainSpec spec = new TrainSpec(5, 32, 0.01, decay, 1, 5, BestMetric.LOSS, 1, null);
        return new HeadTraining(new Vectors(train, validation), spec, true, lanes, Audience.NONE);
    }

    /// Vectors that lean towards their label's axis.
    private VectorStore vectors(String name, TokenStore tokens, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        ByteBuffer bytes = ByteBuffer.allocate(tokens.rows() * DIMENSION * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < tokens.rows(); row++) {
            for (int k = 0; k < DIMENSION; k++) {
                bytes.putFloat((float) random.nextGaussian() * 0.4f + (k == tokens.label(row) ? 1 : 0));
            }
        }
        return new VectorStore(Files.write(folder.resolve(name), bytes.array()), tokens, DIMENSION);
    }

    /// In plain double precision, straight from the formula.
    private static double[] gradient(LinearHead head, VectorStore vectors, double lambda) {
        double[] p = head.parameters();
        double[] gradient = new double[p.length];
        float[] x = new float[DIMENSION];
        int biases = Texts.LABELS * DIMENSION;
        for (int row = 0; row < vectors.rows(); row++) {
            vectors.copy(row, row + 1, x);
            double[] exps = new double[Texts.LABELS];
            double sum = 0;
            for (int c = 0; c < Texts.LABELS; c++) {
                double logit = p[biases + c];
                for (int k = 0; k < DIMENSION; k++) {
                    logit += p[c * DIMENSION + k] * x[k];
                }
                exps[c] = Math.exp(logit);
                sum += exps[c];
            }
            for (int c = 0; c < Texts.LABELS; c++) {
                double error = (exps[c] / sum - (c == vectors.label(row) ? 1 : 0)) / vectors.rows();
                gradient[biases + c] += error;
                for (int k = 0; k < DIMENSION; k++) {
                    gradient[c * DIMENSION + k] += error * x[k];
                }
            }
        }
        for (int j = 0; j < biases; j++) {
            gradient[j] += lambda * p[j];
        }
        return gradient;
    }
}
