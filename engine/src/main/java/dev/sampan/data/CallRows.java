package dev.sampan.data;

import dev.sampan.data.image.PictureReader;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows as a call sends them: where a row names the file of a picture, the picture itself. A model never opens files
/// that its callers name.
final class CallRows implements RowReader {
    private static final String DATA_URL = "data:";

    private final RowReader rows;
    private final Path folder;
    private final List<Integer> pictures = new ArrayList<>();

    CallRows(RowReader rows, Features features, Path folder) {
        this.rows = rows;
        this.folder = folder;
        if (features instanceof ColumnFeatures columns) {
            columns.columns().stream()
                    .filter(column -> column instanceof ImageColumn || column instanceof OptionalImageColumn)
                    .map(column -> rows.columns().indexOf(column.name()))
                    .filter(index -> index >= 0)
                    .forEach(pictures::add);
        }
        if (features instanceof SampleFeatures samples) {
            samples.target().columns().stream()
                    .filter(PictureSample.class::isInstance)
                    .map(column -> rows.columns().indexOf(column.name()))
                    .filter(index -> index >= 0)
                    .forEach(pictures::add);
        }
    }

    @Override
    public List<String> columns() {
        return rows.columns();
    }

    @Override
    public @Nullable Row next() throws IOException {
        Row row = rows.next();
        if (row == null || pictures.isEmpty()) {
            return row;
        }
        List<String> values = new ArrayList<>(row.values());
        for (int index : pictures) {
            String value = values.get(index);
            if (!value.isBlank() && !value.startsWith(DATA_URL)) {
                values.set(index, dataUrl(value, row.origin()));
            }
        }
        return new Row(row.origin(), values);
    }

    private String dataUrl(String path, String origin) throws IOException {
        Path file;
        try {
            file = folder.resolve(path);
        } catch (InvalidPathException e) {
            throw missing(path, origin);
        }
        if (!Files.isRegularFile(file)) {
            throw missing(path, origin);
        }
        if (Files.size(file) > PictureReader.BYTES_MAX) {
            throw new ProblemException(Problem.of(
                            "input.invalid",
                            path + " has " + Files.size(file) + " bytes, more than the " + PictureReader.BYTES_MAX
                                    + " that are read")
                    .at(origin));
        }
        return DATA_URL + "image/*;base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }

    private ProblemException missing(String path, String origin) {
        return new ProblemException(Problem.of("input.invalid", "There is no picture '" + path + "' in " + folder)
                .at(origin));
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
