package dev.sampan.training.internal.images;

import dev.sampan.compute.Lanes;
import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import dev.sampan.data.image.Picture;
import dev.sampan.data.image.PictureReader;
import dev.sampan.data.image.UnreadablePicture;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One pass over the pictures of a split: decoded on all threads, told in source order.
final class PictureRows {
    private static final int ROWS = 64;

    private PictureRows() {}

    /// Told rows in source order.
    @FunctionalInterface
    interface Visitor<T> {
        /// @param picture null where the row has none, which an optional column alone tells
        /// @param label number of the row's label; −1 where no label is answered
        void row(@Nullable T picture, int label) throws IOException;
    }

    /// @param prepare what is made of a picture, on any thread
    /// @throws CancellationException when the progress is cancelled
    static <T> void read(
            PictureColumn column,
            Split split,
            Lanes lanes,
            Progress progress,
            Function<Picture, T> prepare,
            Visitor<T> visitor)
            throws IOException {
        Dataset dataset = column.dataset();
        Map<String, Integer> numbers = new HashMap<>();
        dataset.labels().forEach(label -> numbers.put(label, numbers.size()));
        long done = 0;
        try (RowReader reader = Datasets.rows(dataset, split)) {
            List<Row> rows = new ArrayList<>(ROWS);
            for (Row row = reader.next(); row != null || !rows.isEmpty(); row = reader.next()) {
                if (row != null) {
                    rows.add(row);
                }
                if (rows.size() == ROWS || row == null) {
                    told(progress, split, done, dataset.count(split));
                    List<@Nullable T> pictures = pictures(column, rows, lanes, prepare);
                    for (int i = 0; i < rows.size(); i++) {
                        visitor.row(
                                pictures.get(i),
                                numbers.getOrDefault(rows.get(i).values().getLast(), -1));
                    }
                    done += rows.size();
                    rows.clear();
                }
                if (row == null) {
                    break;
                }
            }
        }
        told(progress, split, done, dataset.count(split));
    }

    private static void told(Progress progress, Split split, long done, long total) {
        if (progress.cancelled()) {
            throw new CancellationException("cancelled while decoding pictures");
        }
        progress.at("encode", done, total, split.name().toLowerCase(Locale.ROOT));
    }

    private static <T> List<@Nullable T> pictures(
            PictureColumn column, List<Row> rows, Lanes lanes, Function<Picture, T> prepare) {
        List<@Nullable T> made = new ArrayList<>(Collections.nCopies(rows.size(), null));
        int used = Math.max(1, Math.min(lanes.count(), rows.size()));
        lanes.run(used, lane -> {
            for (int i = lane; i < rows.size(); i += used) {
                String path = rows.get(i).values().get(column.place());
                if (!(column.optional() && path.isBlank())) {
                    made.set(i, prepare.apply(picture(column.dataset(), path)));
                }
            }
        });
        return made;
    }

    private static Picture picture(Dataset dataset, String path) {
        Path file = dataset.folder().resolve(path);
        try {
            return PictureReader.read(Files.readAllBytes(file));
        } catch (UnreadablePicture e) {
            throw new ProblemException(
                    Problem.of("data.corrupt", "A picture is not as it was copied: " + e.getMessage())
                            .at(file.toString()),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
