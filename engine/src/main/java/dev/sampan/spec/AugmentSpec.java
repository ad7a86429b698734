package dev.sampan.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `data.augment`: what is changed at random in training rows.
///
/// @param image steps on pictures, in order, each epoch another way
/// @param text null for nothing
public record AugmentSpec(
        List<ImageAugment> image, @Nullable TextAugment text) {
    public static final AugmentSpec NONE = new AugmentSpec(List.of());

    public AugmentSpec {
        image = List.copyOf(image);
    }

    /// Of pictures alone.
    public AugmentSpec(List<ImageAugment> image) {
        this(image, null);
    }
}
