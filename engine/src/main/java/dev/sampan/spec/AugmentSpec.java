package dev.sampan.spec;

import java.util.List;

/// `data.augment`: what is changed at random in training rows, each epoch another way.
///
/// @param image steps on pictures, in order
public record AugmentSpec(List<ImageAugment> image) {
    public static final AugmentSpec NONE = new AugmentSpec(List.of());

    public AugmentSpec {
        image = List.copyOf(image);
    }
}
