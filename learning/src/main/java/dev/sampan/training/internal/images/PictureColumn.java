package dev.sampan.training.internal.images;

import dev.sampan.data.Dataset;

/// A column of pictures of a data set.
///
/// @param place among its inputs
/// @param optional whether rows may have none
public record PictureColumn(Dataset dataset, int place, boolean optional) {}
