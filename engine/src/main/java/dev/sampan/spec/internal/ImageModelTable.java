package dev.sampan.spec.internal;

import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.ModelSpec.Cnn;
import dev.sampan.spec.ModelSpec.ResNet;
import dev.sampan.spec.internal.ImageTable.OneOf;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The keys of block `model` for architectures that look at pictures.
final class ImageModelTable {
    /// What a task over pictures takes when nothing is written.
    static final ModelSpec DEFAULT = new ResNet(8, ModelSpec.ImageNorm.BATCH, null);

    static final Block<Cnn> CNN = cnn();
    static final Block<ResNet> RESNET = resNet();

    private ImageModelTable() {}

    private static Block<Cnn> cnn() {
        Field<Cnn, String> type =
                ModelTable.type("cnn", "", "Convolutions with max-pooling, a dense layer, sigmoid or softmax");
        Field<Cnn, List<Integer>> channels = Field.of(
                "channels",
                new ListType<>(NumberTypes.whole(1, 2048), "numbers", 1, 8),
                List.of(32, 64, 128),
                "Channels of each convolution; behind each stand relu and max-pool 2",
                Cnn::channels);
        Field<Cnn, Integer> kernel =
                Field.of("kernel_size", new OneOf(List.of(1, 3, 5, 7)), 3, "Side of the kernels", Cnn::kernel);
        Field<Cnn, ModelSpec.Padding> padding = Field.of(
                "padding",
                TextTypes.choice(ModelSpec.Padding.class),
                ModelSpec.Padding.VALID,
                "valid leaves the border out, as Keras does; same keeps the size with zeros around",
                Cnn::padding);
        Field<Cnn, ModelSpec.Pooling> pooling = Field.of(
                "pooling",
                TextTypes.choice(ModelSpec.Pooling.class, "max", "attention"),
                ModelSpec.Pooling.FLATTEN,
                "What the dense layer reads of the last map: all of it, or the mean of each channel",
                Cnn::pooling);
        Field<Cnn, Integer> denseSize =
                Field.of("dense_size", NumberTypes.whole(1, 8192), 128, "Width of the dense layer", Cnn::denseSize);
        Field<Cnn, Double> dropout = Field.of(
                "dropout",
                NumberTypes.number(Range.closed(0.0, 0.9)),
                0.0,
                "Share of the dense layer's activations dropped while training",
                Cnn::dropout);
        Field<Cnn, String> from = from(Cnn::from);
        return new Block<>(
                List.of(type, channels, kernel, padding, pooling, denseSize, dropout, from),
                ModelTable.LATER,
                v -> new Cnn(
                        v.get(channels),
                        v.get(kernel),
                        v.get(padding),
                        v.get(pooling),
                        v.get(denseSize),
                        v.get(dropout),
                        v.find(from)));
    }

    private static Block<ResNet> resNet() {
        Field<ResNet, String> type = ModelTable.type("resnet", "", "A residual network of basic blocks");
        Field<ResNet, Integer> depth =
                Field.of("depth", new OneOf(List.of(8, 18, 34)), 8, "Layers with weights", ResNet::depth);
        Field<ResNet, ModelSpec.ImageNorm> norm = Field.of(
                "norm",
                TextTypes.choice(ModelSpec.ImageNorm.class),
                ModelSpec.ImageNorm.BATCH,
                "batch looks at all rows of a batch; group at one row's channels, for batches of few rows",
                ResNet::norm);
        Field<ResNet, String> from = from(ResNet::from);
        return new Block<>(
                List.of(type, depth, norm, from),
                ModelTable.LATER,
                v -> new ResNet(v.get(depth), v.get(norm), v.find(from)));
    }

    private static <M> Field<M, String> from(Function<M, @Nullable String> getter) {
        return Field.nullable(
                "model_name_or_path",
                TextTypes.text(),
                "Folder with a model.safetensors whose weights are the first ones, as far as names and shapes agree;"
                        + " relative to the folder of this file; null for random weights",
                getter);
    }
}
