package dev.sampan.explanation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The weight of a unit is what the label's probability loses when that unit alone is taken out (Zeiler and
/// Fergus, "Visualizing and understanding convolutional networks", 2014). Exact and without chance, but blind to
/// units that stand in for each other.
final class Occlusion {
    private Occlusion() {}

    static Attribution attribute(Variants variants) {
        List<BitSet> without = new ArrayList<>();
        for (int u = 0; u < variants.units(); u++) {
            BitSet kept = variants.all();
            kept.clear(u);
            without.add(kept);
        }
        variants.ask(without);
        double whole = variants.whole();
        double[] weights =
                without.stream().mapToDouble(kept -> whole - variants.of(kept)).toArray();
        return new Attribution("occlusion", weights, 1, 1);
    }
}
