package dev.sampan.data.internal.prepare;

import dev.sampan.data.Decimals;
import dev.sampan.data.Moments;
import dev.sampan.data.TextCleaner;
import dev.sampan.data.image.Picture;
import dev.sampan.data.image.PlainPng;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.privacy.PersonalData;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.ImageSpec;
import dev.sampan.spec.ImageSpec.Pixels;
import dev.sampan.spec.Preprocessing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The input values of a row as they are stored: a text cleaned, a number and a date as written but certain to
/// be one, an image as the path of its copy in the data set; a missing value always as the empty text.
final class Cells {
    private static final int SHOWN = 40;

    private final List<InputFeature> features;
    private final TextCleaner cleaner;
    private final Set<String> missing;
    /// Longer values need not be looked up.
    private final int missingMost;

    private final ImageStore images;
    private final Map<String, Long> masked = new TreeMap<>();
    private final List<String> columns = new ArrayList<>();

    Cells(DataSpec spec, ImageStore images) {
        this.features = spec.inputFeatures();
        features.forEach(feature -> columns.addAll(columns(feature)));
        this.cleaner = new TextCleaner(spec.clean());
        this.missing = new HashSet<>(spec.source().missingValues());
        this.missingMost = missing.stream().mapToInt(String::length).max().orElse(-1);
        this.images = images;
    }

    /// What the sources are asked for: one column for each input, or as many as a picture has numbers.
    static List<String> columns(InputFeature feature) {
        return feature.preprocessing() instanceof ImageSpec image && image.pixels() != null
                ? image.pixels().names()
                : List.of(feature.name());
    }

    /// The columns of all inputs, in their order.
    List<String> columns() {
        return columns;
    }

    /// In the order of the input features, whose [#columns] are the first values of the row; null when an image
    /// cannot be read, which the store has counted.
    ///
    /// @param folder where the path of an image starts; null where a row may not name a file
    /// @throws ProblemException `data.not_a_number`, `data.not_a_date`
    @Nullable
    List<String> read(List<String> row, @Nullable Path folder, Supplier<String> origin) throws IOException {
        List<String> values = new ArrayList<>(features.size());
        int at = 0;
        for (InputFeature feature : features) {
            Pixels pixels = feature.preprocessing() instanceof ImageSpec image ? image.pixels() : null;
            String value = pixels != null
                    ? images.put(picture(row.subList(at, row.size()), pixels, feature.name(), origin))
                    : read(feature, row.get(at), origin, folder);
            if (value == null) {
                return null;
            }
            values.add(value);
            at += pixels == null ? 1 : pixels.names().size();
        }
        return values;
    }

    private @Nullable String read(InputFeature feature, String written, Supplier<String> origin, @Nullable Path folder)
            throws IOException {
        String stripped = written.strip();
        if (stripped.length() <= missingMost && missing.contains(stripped)) {
            return "";
        }
        return switch (feature.type()) {
            case TEXT -> cleaner.clean(written, this::masked);
            case NUMBER -> number(written, feature.name(), origin);
            case CATEGORY -> stripped;
            case DATE -> date(written, feature, origin);
            case IMAGE -> written.isBlank() ? "" : images.put(written, folder, origin.get());
        };
    }

    private void masked(PersonalData kind, int count) {
        masked.merge(kind.name().toLowerCase(Locale.ROOT), (long) count, Long::sum);
    }

    /// Personal data masked so far, by kind.
    Map<String, Long> masked() {
        return masked;
    }

    /// @throws ProblemException `data.not_a_number` for what is no number from 0 to 255
    private static byte[] picture(List<String> row, Pixels pixels, String column, Supplier<String> origin) {
        byte[] values = new byte[pixels.height() * pixels.width() * pixels.channels()];
        for (int i = 0; i < values.length; i++) {
            String written = row.get(i).strip();
            double value = Decimals.value(written);
            if (!(value >= 0 && value <= 255)) {
                throw new ProblemException(Problem.of(
                                "data.not_a_number",
                                "Pixel " + i + " of '" + column + "' is '" + shown(written)
                                        + "', which is no number from 0 to 255")
                        .at(origin.get()));
            }
            values[i] = (byte) Math.round(value);
        }
        return PlainPng.of(new Picture(pixels.width(), pixels.height(), pixels.channels(), values));
    }

    /// @throws ProblemException `data.not_a_number`
    static String number(String written, String column, Supplier<String> origin) {
        String value = written.strip();
        if (value.isEmpty() || !Double.isNaN(Decimals.value(value))) {
            return value;
        }
        throw new ProblemException(Problem.of(
                        "data.not_a_number", "Column '" + column + "' holds '" + shown(value) + "', which is no number")
                .at(origin.get())
                .remedy("Mend the row, name the text in data.missing_values, or give the column another type"));
    }

    private static String date(String written, InputFeature feature, Supplier<String> origin) {
        String value = written.strip();
        String format = feature.preprocessing() instanceof Preprocessing.Dates dates ? dates.format() : null;
        if (value.isEmpty() || Moments.parse(value, format) != null) {
            return value;
        }
        Problem problem = notADate(value, feature.name()).at(origin.get());
        throw new ProblemException(format == null ? problem : problem.remedy("Its format is '" + format + "'"));
    }

    static Problem notADate(String value, String column) {
        return Problem.of("data.not_a_date", "Column '" + column + "' holds '" + shown(value) + "', which is no date")
                .remedy("Write dates year first, such as 2024-05-01 or 2024-05-01 13:05:00");
    }

    static String shown(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }
}
