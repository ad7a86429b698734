package dev.sampan.spec.internal;

import dev.sampan.spec.GanSpec;
import dev.sampan.spec.ModelSpec.Gan;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.util.List;

/// The keys of `model: {type: gan}`.
final class GanTable {
    /// What making pictures and rows takes when nothing is written.
    static final GanSpec USUAL = new GanSpec(64, null, List.of(256, 256), GanSpec.Loss.NON_SATURATING, 1, null, 1);

    static final Gan DEFAULT = new Gan(USUAL);

    static final Block<Gan> GAN = gan();

    private GanTable() {}

    private static Block<Gan> gan() {
        Field<Gan, String> type =
                ModelTable.type("gan", "", "A generator of pictures or rows, and a critic that it learns from");
        Field<Gan, Integer> latentDim = Field.of(
                "latent_dim",
                NumberTypes.whole(1, 1024),
                USUAL.latentDim(),
                "Numbers of noise that a sample is made of",
                gan -> gan.networks().latentDim());
        Field<Gan, List<Integer>> channels = Field.nullable(
                "channels",
                new ListType<>(NumberTypes.whole(1, 1024), "numbers", 1, 5),
                "Channels of the generator's maps over a picture, the smallest map first, each twice as large as the"
                        + " one before; the critic's mirror them; null: by the size of the pictures",
                gan -> gan.networks().channels());
        Field<Gan, List<Integer>> hiddenSizes = Field.of(
                "hidden_sizes",
                new ListType<>(NumberTypes.whole(1, 8192), "widths", 1, 8),
                USUAL.hiddenSizes(),
                "Widths of the dense layers of both networks, for rows of a table",
                gan -> gan.networks().hiddenSizes());
        Field<Gan, GanSpec.Loss> loss = Field.of(
                "loss",
                TextTypes.choice(GanSpec.Loss.class),
                USUAL.loss(),
                "What is made small: non_saturating and hinge with the R1 penalty, wgan_gp with its own",
                gan -> gan.networks().loss());
        Field<Gan, Integer> criticSteps = Field.of(
                "n_critic",
                NumberTypes.whole(1, 100),
                USUAL.criticSteps(),
                "Steps of the critic before each of the generator",
                gan -> gan.networks().criticSteps());
        Field<Gan, Double> penalty = Field.nullable(
                "gradient_penalty",
                NumberTypes.number(Range.closed(0.0, 1000.0)),
                "Weight of the penalty on the critic's slope, 0 for none; null: 10 for wgan_gp, else 1",
                gan -> gan.networks().gradientPenalty());
        Field<Gan, Integer> pac = Field.of(
                "pac",
                NumberTypes.whole(1, 64),
                USUAL.pac(),
                "Rows of a table that the critic sees at once, against samples that are all alike",
                gan -> gan.networks().pac());
        return new Block<>(
                List.of(type, latentDim, channels, hiddenSizes, loss, criticSteps, penalty, pac),
                ModelTable.LATER,
                v -> new Gan(new GanSpec(
                        v.get(latentDim),
                        v.find(channels),
                        v.get(hiddenSizes),
                        v.get(loss),
                        v.get(criticSteps),
                        v.find(penalty),
                        v.get(pac))));
    }
}
