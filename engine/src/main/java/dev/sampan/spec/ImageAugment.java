package dev.sampan.spec;

/// One step of `data.augment.image`: what is done to training pictures, each time another way, so that a network does
/// not learn what does not matter.
///
/// @param amount how much at the most, in the unit of the kind
public record ImageAugment(Kind kind, double amount) {
    public ImageAugment {
        if (!(amount >= 0 && amount <= kind.largest)) {
            throw new IllegalArgumentException(kind + " by " + amount);
        }
    }

    /// What is done.
    public enum Kind {
        /// Left becomes right, with this probability.
        HFLIP(0.5, 1),
        /// Above becomes below, with this probability.
        VFLIP(0.5, 1),
        /// Degrees, to either side.
        ROTATE(15, 180),
        /// Share of width and height, in any direction.
        SHIFT(0.1, 1),
        /// Larger or smaller by this share.
        SCALE(0.1, 0.9),
        /// A part of at least this share of the area, its sides stretched by up to 4 : 3, is blown up to the whole.
        RANDOM_CROP(0.6, 1),
        /// Values times 1 ± this.
        BRIGHTNESS(0.2, 1),
        /// Distances from the mean grey times 1 ± this.
        CONTRAST(0.2, 1),
        /// Distances from each pixel's own grey times 1 ± this.
        SATURATION(0.2, 1),
        /// Standard deviation of noise on each value, white being 1.
        NOISE(0.05, 1),
        /// A square of this share of the shorter side is wiped out.
        CUTOUT(0.25, 1);

        private final double usual;
        private final double largest;

        Kind(double usual, double largest) {
            this.usual = usual;
            this.largest = largest;
        }

        /// The amount when none is written.
        public double usual() {
            return usual;
        }

        /// The greatest amount; the least is 0.
        public double largest() {
            return largest;
        }
    }
}
