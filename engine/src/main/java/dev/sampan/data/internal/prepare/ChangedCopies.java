package dev.sampan.data.internal.prepare;

import dev.sampan.data.TextAugmenter;
import dev.sampan.spec.TextAugment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The copies of training rows that `data.augment.text` asks for. What is drawn depends on the seed and on the row's
/// content alone, not on the order of the files.
final class ChangedCopies {
    private final TextAugment spec;
    private final TextAugmenter augmenter;
    private final HeldOutTexts heldOut;
    private final List<Boolean> texts;
    private long made;
    private long dropped;

    /// @param texts by index, whether an input is a text
    ChangedCopies(TextAugment spec, TextAugmenter augmenter, HeldOutTexts heldOut, List<Boolean> texts) {
        this.spec = spec;
        this.augmenter = augmenter;
        this.heldOut = heldOut;
        this.texts = texts;
    }

    /// Values of each copy: the inputs, some of them changed, and the answer.
    ///
    /// @param values of the row
    /// @param time of the row where it is written more than once, from 0
    List<List<String>> of(List<String> values, long identity, int time) {
        List<List<String>> copies = new ArrayList<>();
        for (int copy = 0; copy < spec.copies(); copy++) {
            long number = (long) time * spec.copies() + copy;
            List<String> changed =
                    changed(values, new SplittableRandom(Strata.mix(spec.seed() + number) ^ Strata.mix(identity)));
            boolean fresh = !changed.equals(values)
                    && !copies.contains(changed)
                    && !heldOut.anyLike(Shingles.of(joined(changed)));
            if (fresh) {
                copies.add(changed);
                made++;
            } else {
                dropped++;
            }
        }
        return copies;
    }

    private List<String> changed(List<String> values, SplittableRandom random) {
        List<String> changed = new ArrayList<>(values);
        for (int i = 0; i < texts.size(); i++) {
            String made = texts.get(i) ? augmenter.changed(values.get(i), random) : null;
            if (made != null) {
                changed.set(i, made);
            }
        }
        return changed;
    }

    private String joined(List<String> values) {
        return IntStream.range(0, texts.size())
                .filter(texts::get)
                .mapToObj(values::get)
                .collect(Collectors.joining(" "));
    }

    long made() {
        return made;
    }

    long dropped() {
        return dropped;
    }
}
