package dev.sampan.spec;

import org.jspecify.annotations.Nullable;

/// `data.augment.text`: training rows written once more with a few words changed (EDA: Wei, Zou, "Easy data
/// augmentation", 2019). Made once, when the data set is, so that every architecture learns from the same rows and
/// the data set's version names them.
///
/// @param copies for each training row, each changed in one way drawn at random among those whose share is above 0
/// @param synonyms share of the words that are replaced by a synonym of the dictionary, at least one
/// @param swap share of the words that change places, at least one pair
/// @param delete chance of each word to be left out; one always stays
/// @param dictionary words of one meaning on each line, parted by commas or tabs; null for none
public record TextAugment(
        int copies,
        double synonyms,
        double swap,
        double delete,
        @Nullable String dictionary,
        long seed) {}
