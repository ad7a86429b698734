package dev.sampan.training.internal.fusion;

import dev.sampan.compute.Lanes;
import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.ColumnFitting;
import dev.sampan.data.ColumnFitting.Taste;
import dev.sampan.data.Dataset;
import dev.sampan.data.FittedColumn;
import dev.sampan.data.FittedColumns;
import dev.sampan.data.ImageColumn;
import dev.sampan.data.NgramColumn;
import dev.sampan.data.OptionalImageColumn;
import dev.sampan.data.Split;
import dev.sampan.data.Target;
import dev.sampan.data.image.Frame;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.InputType;
import dev.sampan.spec.ImageSpec;
import dev.sampan.spec.ModelSpec;
import dev.sampan.training.TrainingJob;
import dev.sampan.training.internal.images.ImageFitting;
import dev.sampan.training.internal.images.PictureColumn;
import dev.sampan.training.internal.images.PictureStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parts of a job's rows, fitted on the training rows.
///
/// @param features of all columns, in the order of the specification
/// @param table of the columns that are neither texts nor pictures; null when there are none
record FusionParts(
        ColumnFeatures features,
        List<NgramColumn> texts,
        List<Pictures> pictures,
        @Nullable FittedColumns table) implements AutoCloseable {
    /// A column of pictures with its stores.
    ///
    /// @param validation null when there are no such rows
    record Pictures(
            OptionalImageColumn column,
            PictureStore train,
            @Nullable PictureStore validation) {
        PictureStore of(Split split) {
            return split == Split.TRAIN ? train : Objects.requireNonNull(validation);
        }
    }

    /// @throws dev.sampan.kernel.ProblemException `data.no_ngrams`, and what [ColumnFitting#fit] throws
    static FusionParts fit(TrainingJob job, ModelSpec.Fusion model, Target target, Lanes lanes, Progress progress)
            throws IOException {
        List<InputFeature> inputs = job.spec().data().inputFeatures();
        Set<String> missing = Set.copyOf(job.spec().data().source().missingValues());
        Map<String, FittedColumn> fitted = new HashMap<>();
        List<NgramColumn> texts = new ArrayList<>();
        List<InputFeature> rest = new ArrayList<>();
        for (InputFeature input : inputs) {
            if (input.type() == InputType.TEXT) {
                String tensor = "text_" + texts.size();
                NgramColumn column = NgramColumn.fit(
                        job.dataset(), input.name(), tensor, job.spec().data().clean(), model.grams());
                texts.add(column);
                fitted.put(input.name(), column);
            } else if (input.type() != InputType.IMAGE) {
                rest.add(input);
            }
        }
        FittedColumns table =
                rest.isEmpty() ? null : ColumnFitting.fit(job.dataset(), rest, missing, target, Taste.EMBEDDED);
        if (table != null) {
            table.features().columns().forEach(column -> fitted.put(column.name(), column));
        }
        List<Pictures> pictures = new ArrayList<>();
        try {
            for (InputFeature input : inputs) {
                if (input.type() == InputType.IMAGE) {
                    pictures.add(pictures(job, input, pictures.size(), lanes, progress));
                    fitted.put(input.name(), pictures.getLast().column());
                }
            }
        } catch (IOException | RuntimeException e) {
            close(pictures);
            throw e;
        }
        List<FittedColumn> columns = inputs.stream()
                .map(input -> Objects.requireNonNull(fitted.get(input.name())))
                .toList();
        return new FusionParts(new ColumnFeatures(columns, target, missing), texts, pictures, table);
    }

    private static Pictures pictures(TrainingJob job, InputFeature input, int number, Lanes lanes, Progress progress)
            throws IOException {
        Dataset dataset = job.dataset();
        PictureColumn column = new PictureColumn(dataset, dataset.inputs().indexOf(input.name()), true);
        ImageSpec spec = (ImageSpec) input.preprocessing();
        Frame frame = ImageFitting.frame(column, spec, lanes, progress);
        Path folder = job.work().resolve("pictures");
        PictureStore train = PictureStore.of(column, Split.TRAIN, frame, folder, lanes, progress);
        ImageColumn found = ImageFitting.column(input.name(), spec, train);
        String tensor = number == 0 ? found.tensor() : found.tensor() + "_" + number;
        ImageColumn image = new ImageColumn(input.name(), tensor, frame, found.mean(), found.deviation());
        return new Pictures(
                new OptionalImageColumn(image),
                train,
                dataset.count(Split.VALIDATION) == 0
                        ? null
                        : PictureStore.of(column, Split.VALIDATION, frame, folder, lanes, progress));
    }

    @Override
    public void close() {
        close(pictures);
    }

    private static void close(List<Pictures> pictures) {
        for (Pictures each : pictures) {
            each.train().close();
            if (each.validation() != null) {
                each.validation().close();
            }
        }
    }
}
