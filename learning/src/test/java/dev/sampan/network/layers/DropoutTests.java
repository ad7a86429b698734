package dev.sampan.network.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.compute.NativeWeights;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Scope;
import dev.sampan.compute.Tensors;
import dev.sampan.compute.Weights;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DropoutTests {
    private static final int SIZE = 10_001; // not a multiple of what is filled at once

    @Test
    void dropsWhatItsGeneratorSaysHoweverLargeTheTensorIs() {
        Dropout dropout = new Dropout(0.3);
        float[] expected = new float[SIZE];
        dropout.fill(expected, SIZE, new SplittableRandom(7));
        float[] ones = new float[SIZE];
        Arrays.fill(ones, 1);
        try (NativeWeights none = new NativeWeights(Weights.NONE);
                Scope _ = Scope.inference()) {
            Pass pass = new Pass(none.leaves(), none.leaves(), new SplittableRandom(7));
            assertThat(Tensors.floats(dropout.forward(pass, Tensors.floats(ones, SIZE))))
                    .containsExactly(expected);
        }
    }
}
