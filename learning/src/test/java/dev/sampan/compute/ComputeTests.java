package dev.sampan.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ComputeTests {
    @BeforeAll
    static void oneThread() {
        Torch.useOneThreadPerCall();
    }

    @Test
    void bringsArraysInAndOutUnchanged() {
        float[] values = {1, -2, 3.5f, 4, 5, Float.MIN_VALUE};
        try (Scope _ = Scope.inference()) {
            Tensor tensor = Tensors.floats(values, 2, 3);

            assertThat(Tensors.floats(tensor)).containsExactly(values);
            assertThat(Tensors.floats(tensor.t()))
                    .as("row order of the transposed")
                    .containsExactly(1, 4, -2, 5, 3.5f, Float.MIN_VALUE);
            assertThat(Tensors.longs(new long[] {7, Long.MAX_VALUE}, 2)
                            .select(0, 1)
                            .item_long())
                    .isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void refusesAShapeThatDoesNotFit() {
        assertThatThrownBy(() -> Tensors.floats(new float[5], 2, 3)).hasMessage("5 elements for a shape of 6");
    }

    @Test
    void stepsAsTorchsOwnAdamW() {
        Weights weights = new Weights.Layout().add("w", 3, 4).add("b", 5).allocate();
        SplittableRandom random = new SplittableRandom(1);
        float[] start = new float[17];
        for (int i = 0; i < 17; i++) {
            start[i] = (float) random.nextGaussian();
        }
        System.arraycopy(start, 0, weights.values(), 0, 17);
        Optimiser ours = new Optimiser(new UpdateRule.Adam(0.9, 0.999, 1e-8, true), weights);
        try (Scope _ = Scope.recording()) {
            Tensor theirs = Tensors.floats(start, 17).set_requires_grad(true);
            AdamWOptions options = new AdamWOptions(0.01);
            options.weight_decay().put(0.1);
            org.bytedeco.pytorch.AdamW peer = new org.bytedeco.pytorch.AdamW(new TensorVector(theirs), options);
            for (int step = 0; step < 20; step++) {
                float[] gradient = weights.gradient();
                for (int i = 0; i < 17; i++) {
                    gradient[i] = (float) random.nextGaussian() * (step % 3);
                }
                theirs.mutable_grad().put(Tensors.floats(gradient, 17));
                torch.clip_grad_norm_(new TensorVector(theirs), 2.0);
                peer.step();
                ours.step(0.01, 0.1, 2.0, 1, Lanes.ONE);
            }
            assertThat(weights.values()).containsExactly(Tensors.floats(theirs), within(1e-6f));
        }
    }

    @Test
    void changesNothingWhenTheGradientIsNotFinite() {
        Weights weights = new Weights.Layout().add("w", 9).allocate();
        weights.gradient()[3] = Float.NaN;

        Optimiser sgd = new Optimiser(new UpdateRule.Sgd(0, false), weights);
        assertThat(sgd.step(0.1, 0.1, 1, 1, Lanes.ONE)).isNaN();
        assertThat(weights.values()).containsOnly(0);
    }

    @Test
    void keepsNativeMemoryFlatOverManySteps() {
        Weights weights = new Weights.Layout().add("w", 64, 64).allocate();
        try (NativeWeights onDevice = new NativeWeights(weights)) {
            NativeWeights.Leaves leaves = onDevice.leaves();
            steps(leaves, 50);
            long before = Pointer.physicalBytes();
            steps(leaves, 500); // each makes tensors of 8 MB in all

            assertThat(Pointer.physicalBytes() - before).isLessThan(64L << 20);
        }
    }

    @Test
    void sharesWeightsBetweenThreadsButNotGradients() {
        Weights weights = new Weights.Layout().add("frozen", 2).add("w", 2).allocate();
        System.arraycopy(new float[] {9, 9, 1, 2}, 0, weights.values(), 0, 4);
        try (NativeWeights onDevice =
                new NativeWeights(weights, slot -> slot.name().equals("w"))) {
            NativeWeights.Leaves one = onDevice.leaves();
            NativeWeights.Leaves two = onDevice.leaves();
            try (Scope _ = Scope.recording()) {
                one.get("w").mul(one.get("w")).sum().backward();
                two.get("w").sum().backward();
            }
            one.keepGradient();
            onDevice.sumGradients(Lanes.ONE);
            assertThat(weights.gradient()).containsExactly(0, 0, 2, 4);

            try (Scope _ = Scope.recording()) {
                one.get("w").mul(one.get("w")).sum().backward();
                one.get("w").sum().backward();
            }
            one.keepGradient();
            two.keepGradient();
            onDevice.sumGradients(Lanes.ONE);
            assertThat(weights.gradient())
                    .as("added up over passes and threads")
                    .containsExactly(0, 0, 4, 6);
        }
    }

    @Test
    void readsRowsOfATableAndAddsTheirGradientsUp() {
        Weights weights = new Weights.Layout().table("t", 4, 2).allocate();
        System.arraycopy(new float[] {0, 0, 1, 2, 3, 4, 5, 6}, 0, weights.values(), 0, 8);
        try (NativeWeights onDevice = new NativeWeights(weights)) {
            NativeWeights.Leaves leaves = onDevice.leaves();
            for (long id : new long[] {1, 3}) {
                try (Scope _ = Scope.recording()) {
                    Tensor rows = leaves.rows("t", Tensors.longs(new long[] {2, id, 2}, 1, 3), new float[0]);
                    assertThat(rows.shape()).containsExactly(1, 3, 2);
                    assertThat(Tensors.floats(rows)).startsWith(3, 4).endsWith(3, 4);
                    rows.mul(rows).sum().backward();
                    leaves.keepGradient();
                }
                onDevice.sumGradients(Lanes.ONE);
                float own = 2 * weights.values()[2 * (int) id];
                assertThat(weights.gradient()[2 * (int) id]).isEqualTo(own);
                assertThat(weights.gradient()).as("2 · 2 · 3").contains(12, org.assertj.core.data.Index.atIndex(4));
            }
            assertThat(weights.gradient()[2]).as("of the step before").isZero();
        }
    }

    private static void steps(NativeWeights.Leaves leaves, int count) {
        float[] input = new float[4096 * 64];
        for (int i = 0; i < count; i++) {
            try (Scope _ = Scope.recording()) {
                Tensor x = Tensors.floats(input, 4096, 64);
                torch.linear(x, leaves.get("w")).sum().backward();
                leaves.keepGradient();
            }
        }
    }
}
