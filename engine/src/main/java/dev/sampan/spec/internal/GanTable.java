package dev.sampan.spec.internal;

import dev.sampan.spec.ModelSpec.Gan;
import dev.sampan.spec.ModelSpec.GanLoss;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.util.List;

/// The keys of `model: {type: gan}`.
final class GanTable {
    /// What making pictures and rows takes when nothing is written.
    static final Gan DEFAULT = new Gan(64, null, List.of(256, 256), GanLoss.NON_SATURATING, 1, null, 1);

    static final Block<Gan> GAN = gan();

    private GanTable() {}

    private static Block<Gan> gan() {
        Field<Gan, String> type =
                ModelTable.type("gan", "", "A generator of pictures or rows, and a critic that it learns from");
        Field<Gan, Integer> latentDim = Field.of(
                "latent_dim",
                NumberTypes.whole(1, 1024),
                DEFAULT.latentDim(),
                "Numbers of noise that a sample is made of",
                Gan::latentDim);
        Field<Gan, List<Integer>> channels = Field.nullable(
                "channels",
                new ListType<>(NumberTypes.whole(1, 1024), "numbers", 1, 5),
                "Channels of the generator's maps over a picture, the smallest map first, each twice as large as the"
                        + " one before; the critic's mirror them; null: by the size of the pictures",
                Gan::channels);
        Field<Gan, List<Integer>> hiddenSizes = Field.of(
                "hidden_sizes",
                new ListType<>(NumberTypes.whole(1, 8192), "widths", 1, 8),
                DEFAULT.hiddenSizes(),
                "Widths of the dense layers of both networks, for rows of a table",
                Gan::hiddenSizes);
        Field<Gan, GanLoss> loss = Field.of(
                "loss",
                TextTypes.choice(GanLoss.class),
                DEFAULT.loss(),
                "What is made small: non_saturating and hinge with the R1 penalty, wgan_gp with its own",
                Gan::loss);
        Field<Gan, Integer> criticSteps = Field.of(
                "n_critic",
                NumberTypes.whole(1, 100),
                DEFAULT.criticSteps(),
                "Steps of the critic before each of the generator",
                Gan::criticSteps);
        Field<Gan, Double> penalty = Field.nullable(
                "gradient_penalty",
                NumberTypes.number(Range.closed(0.0, 1000.0)),
                "Weight of the penalty on the critic's slope, 0 for none; null: 10 for wgan_gp, else 1",
                Gan::gradientPenalty);
        Field<Gan, Integer> pac = Field.of(
                "pac",
                NumberTypes.whole(1, 64),
                DEFAULT.pac(),
                "Rows of a table that the critic sees at once, against samples that are all alike",
                Gan::pac);
        return new Block<>(
                List.of(type, latentDim, channels, hiddenSizes, loss, criticSteps, penalty, pac),
                ModelTable.LATER,
                v -> new Gan(
                        v.get(latentDim),
                        v.find(channels),
                        v.get(hiddenSizes),
                        v.get(loss),
                        v.get(criticSteps),
                        v.find(penalty),
                        v.get(pac)));
    }
}
