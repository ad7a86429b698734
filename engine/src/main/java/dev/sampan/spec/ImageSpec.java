package dev.sampan.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `preprocessing` of an image column. Leaf names in the file are Ludwig's.
///
/// @param height null: what all training pictures share when that is at most 256, else 256
/// @param width likewise
/// @param channels `num_channels`: 1 for grey, 3 for colours; null: 1 when all training pictures are grey
/// @param interpolation how pixels are weighted when a picture is made larger or smaller
/// @param method `resize_method`
/// @param standardize `standardize_image`
/// @param pixels where the picture stands as numbers in columns; null where the column holds pictures
public record ImageSpec(
        @Nullable Integer height,
        @Nullable Integer width,
        @Nullable Integer channels,
        Interpolation interpolation,
        ResizeMethod method,
        Standardize standardize,
        @Nullable Pixels pixels)
        implements Preprocessing {
    public static final ImageSpec DEFAULT =
            new ImageSpec(null, null, null, Interpolation.BILINEAR, ResizeMethod.STRETCH, Standardize.FITTED, null);

    /// Weights of neighbouring pixels.
    public enum Interpolation {
        BILINEAR,
        BICUBIC
    }

    /// What becomes of a picture of other proportions.
    public enum ResizeMethod {
        /// Height and width are scaled on their own.
        STRETCH,
        /// It fills the frame; what stands out is cut off on both sides alike.
        CROP,
        /// It lies within the frame; the rest is black.
        PAD
    }

    /// What is taken from values of 0 to 1, and by what the rest is divided.
    public enum Standardize {
        /// Mean and deviation of the training pictures.
        FITTED,
        /// Mean and deviation of ImageNet, for weights that were learnt with them.
        IMAGENET1K,
        NONE
    }

    /// A picture in a row of numbers from 0 to 255: line by line, the channels of one pixel beside each other.
    ///
    /// @param columns their columns, as a range of numbers behind one name: `p0..p783`
    /// @param height of the picture
    /// @param width of the picture
    /// @param channels 1 or 3
    public record Pixels(String columns, int height, int width, int channels) {
        /// Of each number's column, in order.
        public List<String> names() {
            return ColumnRange.names(columns);
        }
    }
}
