package dev.sampan.explanation;

import dev.sampan.explanation.Explanation.Grid;
import dev.sampan.explanation.Explanation.TokenWeight;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An input cut into the units that are taken out and put back: words of a text, squares of a picture.
interface Parts {
    /// How many have a weight.
    int units();

    /// What the perturbations' seed follows from.
    String whole();

    /// The input of a call in which only these units stay.
    ///
    /// @param inputs names of the model's input columns
    Map<String, String> input(BitSet kept, List<String> inputs);

    /// Units with what was found for them.
    List<TokenWeight> weighted(double[] weights);

    /// How they lie; null where they are read one after another.
    default @Nullable Grid grid() {
        return null;
    }
}
